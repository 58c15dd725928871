import { TintypeError } from "@tintype/errors";

/**
 * Reads the short form of a call: `resize:width=800,fit=cover` is `{ step: "resize", width: 800, fit: "cover" }`.
 * A value is JSON where it reads as JSON, and text elsewhere; commas inside brackets, braces and quotes don't part.
 */
export function parseCall<Kind extends string>(
  kind: Kind,
  text: string,
): Readonly<Record<Kind, string>> & Record<string, unknown> {
  const colon = text.indexOf(":");
  const name = colon === -1 ? text : text.slice(0, colon);
  const pairs =
    colon === -1 ? [] : splitAtCommas(text.slice(colon + 1)).map((pair) => entryOf(pair, text));
  return { ...Object.fromEntries(pairs), [kind]: name } as Record<Kind, string>;
}

function entryOf(pair: string, whole: string): [string, unknown] {
  const equals = pair.indexOf("=");
  if (equals < 1) {
    throw new TintypeError({
      kind: "invalid_input",
      code: "cli.invalid_option",
      message: `"${whole}" should read name:option=value,option=value; "${pair}" is not option=value.`,
    });
  }
  return [pair.slice(0, equals).trim(), valueOf(pair.slice(equals + 1).trim())];
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (const [at, character] of Array.from(text).entries()) {
    if (character === '"') quoted = !quoted;
    if (!quoted && "[{(".includes(character)) depth += 1;
    if (!quoted && "]})".includes(character)) depth -= 1;
    if (character !== "," || quoted || depth > 0) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)].filter((part) => part.trim() !== "");
}
