import { TintypeError } from "@tintype/errors";

/** A prompt with places to fill in, in one wording or in several that compete. */
export interface PromptTemplate {
  /** Every place that a wording may name as `{place}` besides `{prompt}`, with what stands there when nothing is given. */
  readonly placeholders: Readonly<Record<string, string | undefined>>;
  /** The wordings by name, at least one. */
  readonly variants: Readonly<Record<string, string>>;
}

/** A template as a request names it. */
export interface TemplateChoice {
  readonly name: string;
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** The wording; chosen by the request's content when left out, so that equal requests get the same one. */
  readonly variant?: string | undefined;
}

/** A template's text with every place filled in, and the wording that was taken. */
export function fillTemplate(
  template: PromptTemplate,
  { name, values = {}, variant }: TemplateChoice,
  prompt: string,
  seed: number,
): { readonly text: string; readonly variant: string } {
  const names = Object.keys(template.variants);
  const chosen = variant ?? names[indexOf(`${name} ${prompt} ${seed}`, names.length)] ?? "";
  const wording = Object.hasOwn(template.variants, chosen) ? template.variants[chosen] : undefined;
  if (wording === undefined) {
    throw templateError(
      `The template "${name}" has no variant "${chosen}": it has ${names.join(", ")}.`,
    );
  }
  const unknown = Object.keys(values).find((place) => !Object.hasOwn(template.placeholders, place));
  if (unknown !== undefined) {
    throw templateError(`The template "${name}" has no place "${unknown}".`);
  }
  const given: Readonly<Record<string, string | undefined>> = {
    ...template.placeholders,
    ...values,
    prompt,
  };
  // In one pass: what was filled in is never read as a place again.
  const text = wording.replaceAll(/\{(?<place>[a-z][\w-]*)\}/giu, (_whole, place: string) => {
    const value = Object.hasOwn(given, place) ? given[place] : undefined;
    if (value !== undefined) return value;
    throw templateError(`The template "${name}" needs a value for "${place}".`);
  });
  return { text, variant: chosen };
}

/** FNV-1a: the same text, the same index, and all indexes alike often. */
function indexOf(text: string, length: number): number {
  let hash = 0x81_1c_9d_c5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01_00_01_93);
  return (hash >>> 0) % length;
}

function templateError(message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "prompt.invalid_template", message });
}
