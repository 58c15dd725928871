import { defineSettings } from "../define-settings.ts";
import { bytes, flag, integer, milliseconds, text } from "../setting-types.ts";

const longest = 3650 * 86_400_000;

/** What may be uploaded at once, and how long what is not for good stays. */
export const uploadSettings = defineSettings({
  title: "Uploads",
  settings: {
    maxFiles: {
      name: "MAX_UPLOAD_FILES",
      description: "The most files in one upload.",
      type: integer({ min: 1, max: 1000 }),
      default: "10",
      unit: "files",
      example: "50",
    },
    maxBytes: {
      name: "MAX_UPLOAD_SIZE",
      description: "The most bytes in one upload, all files together.",
      type: bytes({ min: 1024, max: 2 ** 40 }),
      default: "500MB",
      unit: "bytes",
      example: "2GB",
    },
    temporaryFolder: {
      name: "TEMP_DIR",
      description: "The folder for files on their way in; `incoming` in `DATA_DIR` when absent.",
      type: text(/^[^\0]+$/, "the path of a folder"),
      example: "/var/tmp/tintype",
    },
    keepTemporaryMs: {
      name: "TEMP_RETENTION",
      description: "How long temporary pictures and unfinished uploads stay before a clean-up.",
      type: milliseconds({ min: 60_000, max: longest }),
      default: "1d",
      unit: "seconds",
      example: "6h",
    },
    keepOutputsMs: {
      name: "OUTPUT_RETENTION",
      description:
        "How long finished images that no record names stay in `OUTPUT_DIR` before a clean-up.",
      type: milliseconds({ min: 60_000, max: longest }),
      default: "7d",
      unit: "seconds",
      example: "30d",
    },
    quarantine: {
      name: "VIRUS_SCAN_QUARANTINE",
      description: "Whether pictures without a verdict of the malware scan are kept from readers.",
      type: flag(),
      default: "true",
      example: "false",
    },
  },
});
