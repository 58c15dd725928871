import { defineSettings } from "../define-settings.ts";
import { integer } from "../setting-types.ts";

/** What formats do where a request does not say. */
export const formatSettings = defineSettings({
  title: "Formats",
  settings: {
    jpegQuality: {
      name: "JPEG_QUALITY",
      description: "The quality of JPEGs where a request names none; the format's own when absent.",
      type: integer({ min: 1, max: 100 }),
      example: "85",
    },
    webpQuality: {
      name: "WEBP_QUALITY",
      description: "The quality of WebPs where a request names none; the format's own when absent.",
      type: integer({ min: 1, max: 100 }),
      example: "80",
    },
    pngCompression: {
      name: "PNG_COMPRESSION",
      description:
        "The compression level of PNGs where a request names none; the format's own when absent.",
      type: integer({ min: 0, max: 9 }),
      example: "9",
    },
  },
});
