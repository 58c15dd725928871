import { defineSettings } from "../define-settings.ts";
import { manyOf } from "../setting-types.ts";

/** What is turned off, without a deploy of code. */
export const engineSettings = defineSettings({
  title: "Engines",
  settings: {
    off: {
      name: "ENGINES_OFF",
      description:
        "Engines that are as if they were not there, with commas between them: generators, and who removes backgrounds (`opencv` is `auto`, `grabcut`, `watershed` and `chroma`).",
      type: manyOf(["sample", "gemini", "openai", "api4ai", "opencv"]),
      default: "",
      example: "api4ai,gemini",
    },
  },
});
