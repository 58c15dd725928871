import { defineSettings } from "../define-settings.ts";
import { text } from "../setting-types.ts";

/** Where files are kept. */
export const storageSettings = defineSettings({
  title: "Storage",
  settings: {
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
      // The storage's own rules for keys check it again; here a path from the disk is caught at the start.
      type: text(
        /^(?!\.+(?:\/|$))[\w.-]+(?:\/(?!\.+(?:\/|$))[\w.-]+)*$/,
        "a relative folder such as `outputs` or `site/images`, without `..` and without a slash at either end",
      ),
      default: "outputs",
      example: "site/images",
    },
  },
});
