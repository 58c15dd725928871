import { defineSettings } from "../define-settings.ts";
import { oneOf, text } from "../setting-types.ts";

/** Where files are kept. */
export const storageSettings = defineSettings({
  title: "Storage",
  settings: {
    kind: {
      name: "STORAGE",
      aliases: ["STORAGE_PROVIDER"],
      description:
        "Where files are kept: below `DATA_DIR`, in Amazon S3, or in another service that the group S3 connects to.",
      type: oneOf(["local", "s3", "minio", "spaces", "r2", "gcs"]),
      default: "local",
      example: "minio",
    },
    prefix: {
      name: "STORAGE_PREFIX",
      description: "The folder inside the storage that is all the service sees of it.",
      type: keyPart(),
      example: "tintype/production",
    },
    dataDir: {
      name: "DATA_DIR",
      description: "The folder that holds everything the service keeps on its own disk.",
      type: text(/^[^\0]+$/, "the path of a folder"),
      default: "./data",
      example: "/var/lib/tintype",
    },
    outputPrefix: {
      name: "OUTPUT_DIR",
      description:
        "The folder inside the storage under which finished images go: the first part of their keys, not a path on the disk.",
      type: keyPart(),
      default: "outputs",
      example: "site/images",
    },
  },
});

/** A folder that is part of keys; the storage's own rules check it again, here a path from the disk is caught at the start. */
function keyPart() {
  return text(
    /^(?!\.+(?:\/|$))[\w.-]+(?:\/(?!\.+(?:\/|$))[\w.-]+)*$/,
    "a relative folder such as `outputs` or `site/images`, without `..` and without a slash at either end",
  );
}
