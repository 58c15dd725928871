import { TintypeError } from "@tintype/errors";

import type { GenerationQuality } from "../image-generator.ts";
import type { Shape } from "../nearest-shape.ts";
import { sizeFault, type Brand } from "./generation-schema.ts";
import { builtInPrompts, type PromptBook } from "./prompt-book.ts";
import { fillTemplate, type TemplateChoice } from "./prompt-template.ts";

/** What a picture shall show, in the words of a book. */
export interface PromptRequest {
  readonly prompt: string;
  /** `standard` when left out. */
  readonly size?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly quality?: GenerationQuality | undefined;
  readonly theme?: string | undefined;
  readonly brand?: Brand | undefined;
  readonly domain?: string | undefined;
  readonly template?: TemplateChoice | undefined;
  readonly seed?: number | undefined;
}

/** The words that go to a service, and how they came to be. */
export interface BuiltPrompt extends Shape {
  /** The final prompt. */
  readonly prompt: string;
  /** The template and the wording that were taken. */
  readonly template?: { readonly name: string; readonly variant: string };
}

/** Puts a prompt together: its template, theme, domain, brand and quality, in this order; throws `prompt.*` for a name that the book does not know. */
export function buildPrompt(
  { prompt, template, ...request }: PromptRequest,
  book: PromptBook = builtInPrompts,
): BuiltPrompt {
  const { theme, domain, quality = "medium", seed = 0 } = request;
  const filled =
    template &&
    fillTemplate(entry(book.templates, "template", template.name), template, prompt, seed);
  const parts = [
    sentence(filled?.text ?? prompt),
    theme === undefined ? "" : entry(book.themes, "theme", theme),
    domain === undefined ? "" : entry(book.domains, "domain", domain),
    ...brandSentences(request.brand ?? {}),
    entry(book.qualities, "quality", quality),
  ];
  return {
    prompt: parts.filter((part) => part !== "").join(" "),
    ...promptSize(request, book),
    ...(template && filled && { template: { name: template.name, variant: filled.variant } }),
  };
}

/** The pixels that a request asks for; throws `prompt.unknown_size` or `prompt.invalid_size`. */
export function promptSize(
  { size = "standard", width, height }: Omit<PromptRequest, "prompt">,
  book: PromptBook,
): Shape {
  const fault = sizeFault({ size, width, height });
  if (fault !== undefined)
    throw promptError("prompt.invalid_size", `Wrong size: ${sentence(fault)}`);
  if (width !== undefined && height !== undefined) return { width, height };
  return entry(book.sizes, "size", size);
}

function brandSentences({ primaryColor, secondaryColor, colors = [], style }: Brand): string[] {
  const palette = [
    primaryColor && `${primaryColor} as the leading color`,
    secondaryColor && `${secondaryColor} as the second color`,
    ...(colors.length > 0 ? [`${colors.join(", ")} as accents`] : []),
  ].filter((part) => part !== undefined && part !== "");
  return [
    palette.length > 0 ? `The brand's palette: ${palette.join(", ")}.` : "",
    style ? sentence(`The brand's style: ${style}`) : "",
  ];
}

function entry<Value>(entries: Readonly<Record<string, Value>>, what: string, name: string): Value {
  const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(entries).join(", ");
  throw promptError(`prompt.unknown_${what}`, `There is no ${what} "${name}". Known: ${known}.`);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…"”]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

function promptError(code: `prompt.${string}`, message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code, message });
}
