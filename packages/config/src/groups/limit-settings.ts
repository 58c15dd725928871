import { defineSettings } from "../define-settings.ts";
import { bytes, integer } from "../setting-types.ts";

/** How large a picture may be. */
export const limitSettings = defineSettings({
  title: "Limits",
  settings: {
    maxImageBytes: {
      name: "MAX_IMAGE_SIZE",
      description: "The largest image file that is read, uploaded or fetched.",
      type: bytes({ min: 1024, max: 2 ** 31 }),
      default: "50MB",
      unit: "bytes",
      example: "20MB",
    },
    maxPixels: {
      name: "MAX_PIXELS",
      description: "The most pixels (width × height) a picture may have before or after any step.",
      type: integer({ min: 1, max: 1_000_000_000 }),
      default: "50000000",
      unit: "pixels",
      example: "100_000_000",
    },
    maxSide: {
      name: "MAX_SIDE",
      description: "The longest side a picture may have before or after any step.",
      type: integer({ min: 1, max: 65_535 }),
      default: "16384",
      unit: "pixels",
      example: "8192",
    },
  },
});
