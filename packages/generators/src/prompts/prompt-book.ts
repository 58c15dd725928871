import type { GenerationQuality } from "../image-generator.ts";
import type { Shape } from "../nearest-shape.ts";
import { promptDomains } from "./prompt-domains.ts";
import type { PromptTemplate } from "./prompt-template.ts";
import { promptThemes } from "./prompt-themes.ts";

/** Everything that a request for a picture may name, as plain data: spread a book to add to it. */
export interface PromptBook {
  /** In px. */
  readonly sizes: Readonly<Record<string, Shape>>;
  /** What each quality adds to a prompt. */
  readonly qualities: Readonly<Record<GenerationQuality, string>>;
  /** What each theme adds to a prompt. */
  readonly themes: Readonly<Record<string, string>>;
  /** What each field of business adds to a prompt. */
  readonly domains: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, PromptTemplate>>;
}

/** The sizes, qualities, themes, domains and templates that come with Tintype. */
export const builtInPrompts = {
  sizes: {
    thumbnail: { width: 256, height: 256 },
    card: { width: 512, height: 512 },
    standard: { width: 1024, height: 1024 },
    banner: { width: 1920, height: 1080 },
    "wide-card": { width: 1280, height: 720 },
    portrait: { width: 768, height: 1024 },
  },
  qualities: {
    low: "",
    medium: "",
    high: "Fine detail, careful light, sharp focus.",
  },
  themes: promptThemes,
  domains: promptDomains,
  templates: {
    product: {
      placeholders: { surface: "a seamless light gray sweep" },
      variants: {
        plain:
          "{prompt}, the whole object in view, centered on a flat, evenly lit background of one color. No text.",
        studio: "A product photograph of {prompt} on {surface}, soft light from the left. No text.",
      },
    },
    thumbnail: {
      placeholders: {},
      variants: {
        bold: "A striking thumbnail for a video: {prompt}. One clear subject, strong contrast, space for a title. No text.",
        calm: "A thumbnail for a video: {prompt}. Simple composition, few colors, space for a title. No text.",
      },
    },
  },
} as const satisfies PromptBook;
