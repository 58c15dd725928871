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
  const pairs = colon === -1 ? [] : splitAtCommas(text.slice(colon + 1));
  const options = Object.fromEntries(pairs.map((pair) => entryOf(pair, text)));
  return { ...options, [kind]: name.trim() } as Record<Kind, string>;
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

/** A quoted text with its escapes, or one character. */
const token = /"(?:[^"\\]|\\.)*"|[\s\S]/gu;

function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const [piece] of text.matchAll(token)) {
    if ("[{(".includes(piece)) depth += 1;
    if ("]})".includes(piece)) depth -= 1;
    if (piece === "," && depth <= 0) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts.filter((part) => part.trim() !== "");
}
