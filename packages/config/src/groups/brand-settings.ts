import { defineSettings } from "../define-settings.ts";
import { colors, text } from "../setting-types.ts";

const color = text(/^#(?:[\da-f]{3}|[\da-f]{6})$/i, "a color such as `#0066cc`");

/** The brand that pictures from words are for, where a request names no other. */
export const brandSettings = defineSettings({
  title: "Brand",
  settings: {
    primaryColor: {
      name: "BRAND_PRIMARY_COLOR",
      description: "The leading color of pictures made from words.",
      type: color,
      example: "#0066cc",
    },
    secondaryColor: {
      name: "BRAND_SECONDARY_COLOR",
      description: "The second color.",
      type: color,
      example: "#00aa66",
    },
    colors: {
      name: "BRAND_COLORS",
      description: "Any more colors.",
      type: colors(),
      default: "",
      example: "#ffd700,#333333",
    },
    style: {
      name: "BRAND_STYLE",
      description: "The brand's look in words.",
      type: text(/^.{1,200}$/, "up to 200 characters"),
      example: "professional",
    },
  },
});
