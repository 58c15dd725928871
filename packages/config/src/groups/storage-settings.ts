import { defineSettings } from "../define-settings.ts";
import { oneOf, text } from "../setting-types.ts";

const kinds = ["local", "s3", "minio", "spaces", "r2", "gcs", "supabase"] as const;

/** Where files are kept. */
export const storageSettings = defineSettings({
  title: "Storage",
  settings: {
    kind: {
      name: "STORAGE",
      aliases: ["STORAGE_PROVIDER"],
      description:
        "Where files are kept: below `DATA_DIR`, in a bucket that the group S3 connects to, or in Supabase.",
      type: oneOf(kinds),
      default: "local",
      example: "minio",
    },
    secondary: {
      name: "STORAGE_SECONDARY",
      description:
        "A second storage of another kind that stands in while the first cannot be used; what it alone holds is brought home every minute.",
      type: oneOf(["none", ...kinds]),
      default: "none",
      example: "minio",
    },
    failover: {
      name: "STORAGE_FAILOVER",
      description:
        "What goes to the second storage: `fallback` only what the first cannot take, `mirror` everything.",
      type: oneOf(["fallback", "mirror"]),
      default: "fallback",
      example: "mirror",
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
  check: ({ kind, secondary }) =>
    familyOf(kind) === familyOf(secondary)
      ? { secondary: "must be of another kind than STORAGE: local, Supabase or one that speaks S3" }
      : {},
});

/** There is one group of settings for each: two storages of one family would be the same. */
function familyOf(kind: string): string {
  return kind === "local" || kind === "supabase" || kind === "none" ? kind : "s3";
}

/** A folder that is part of keys; the storage's own rules check it again, here a path from the disk is caught at the start. */
function keyPart() {
  return text(
    /^(?!\.+(?:\/|$))[\w.-]+(?:\/(?!\.+(?:\/|$))[\w.-]+)*$/,
    "a relative folder such as `outputs` or `site/images`, without `..` and without a slash at either end",
  );
}
