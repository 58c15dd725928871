import { TintypeError } from "@tintype/errors";
import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from "saxes";

import { safeCss } from "./safe-css.ts";

/** A drawing that refers to nothing outside of itself. */
export interface SafeSvg {
  /** UTF-8. */
  readonly data: Buffer;
  /** The encoded pictures inside it, which a reader would decode without any limit. */
  readonly pictures: readonly Buffer[];
}

const svgNamespace = "http://www.w3.org/2000/svg";
const maxBytes = 20 * 1024 * 1024;
const maxDepth = 200;

/** What runs, plays, or holds another kind of document. */
const refused = new Set(
  "script handler listener foreignObject iframe object embed audio video canvas set animate animateColor animateMotion animateTransform discard".split(
    " ",
  ),
);

/**
 * Leaves of a drawing what can be drawn from itself alone: no scripts, handlers, animations, foreign elements or
 * documents, and no reference but to its own parts and to embedded JPEG, PNG, WebP and GIF.
 *
 * @throws TintypeError `image.too_many_bytes`, `image.svg_entities`, `image.svg_too_deep`; an Error where it is not XML.
 */
export function sanitizeSvg(bytes: Uint8Array): SafeSvg {
  if (bytes.length > maxBytes) {
    throw new TintypeError({
      kind: "limit_exceeded",
      code: "image.too_many_bytes",
      message: `The drawing has ${bytes.length} bytes; an SVG may have at most ${maxBytes}.`,
      details: { bytes: bytes.length, maxBytes },
    });
  }
  const written: string[] = [];
  const pictures: Buffer[] = [];
  let depth = 0;
  /** The depth of the element that is left out, with all that it holds. */
  let leftOut = Infinity;
  let style: string | undefined;
  const write = (text: string) => {
    if (leftOut === Infinity) written.push(text);
  };

  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", assertWithoutEntities);
  parser.on("opentag", (tag) => {
    depth += 1;
    assertDepth(depth);
    if (leftOut === Infinity && !isDrawn(tag)) leftOut = depth;
    write(openTag(tag, pictures));
    if (tag.local === "style") style = "";
  });
  parser.on("closetag", (tag) => {
    if (style !== undefined) write(escapeText(safeCss(style) ?? ""));
    style = undefined;
    write(`</${tag.name}>`);
    if (leftOut === depth) leftOut = Infinity;
    depth -= 1;
  });
  const text = (part: string) => {
    if (style === undefined) write(escapeText(part));
    else style += part;
  };
  parser.on("text", (part) => depth > 0 && text(part));
  parser.on("cdata", text);
  parser.write(decodeXml(bytes)).close();
  return { data: Buffer.from(written.join("")), pictures };
}

function isDrawn({ uri, local }: SaxesTagNS): boolean {
  return uri === svgNamespace && !refused.has(local);
}

function openTag({ name, attributes }: SaxesTagNS, pictures: Buffer[]): string {
  const kept = Object.values(attributes).flatMap((attribute) => {
    const value = safeValue(attribute, pictures);
    return value === undefined ? [] : [` ${attribute.name}="${escapeAttribute(value)}"`];
  });
  return `<${name}${kept.join("")}>`;
}

/** What stays of an attribute; undefined when nothing does. */
function safeValue(
  { prefix, local, value }: SaxesAttributeNS,
  pictures: Buffer[],
): string | undefined {
  if (prefix === "xmlns" || local === "xmlns") return value;
  if (/^on/iu.test(local) || (prefix === "xml" && local === "base")) return undefined;
  if (local === "href" || local === "src") return safeReference(value, pictures);
  return /[(\\@]/u.test(value) ? safeCss(value) : value;
}

function safeReference(value: string, pictures: Buffer[]): string | undefined {
  const reference = value.trim();
  if (reference.startsWith("#")) return reference;
  const embedded = /^data:image\/(?:png|jpe?g|webp|gif);base64,(?<data>[A-Za-z0-9+/=\s]+)$/u.exec(
    reference,
  );
  const data = embedded?.groups?.["data"];
  if (data === undefined) return undefined;
  pictures.push(Buffer.from(data, "base64"));
  return reference;
}

function assertWithoutEntities(doctype: string): void {
  if (!/<!ENTITY/iu.test(doctype)) return;
  throw new TintypeError({
    kind: "invalid_input",
    code: "image.svg_entities",
    message:
      "The drawing declares XML entities, which can hide anything. Save it without them, as plain SVG.",
  });
}

function assertDepth(depth: number): void {
  if (depth <= maxDepth) return;
  throw new TintypeError({
    kind: "limit_exceeded",
    code: "image.svg_too_deep",
    message: `The drawing nests elements more than ${maxDepth} deep. Simplify it.`,
    details: { maxDepth },
  });
}

/** The text of an XML file in the encoding that its first bytes name. */
function decodeXml(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 128)).toString("latin1");
  const named = /^<\?xml[^>]*\bencoding=["'](?<label>[\w.-]+)["']/u.exec(head)?.groups?.["label"];
  const marked = bytes[0] === 0xff ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : undefined;
  // What is not text in its own encoding is refused here, as a damaged file.
  const text = new TextDecoder(marked ?? named ?? "utf-8", { fatal: true }).decode(bytes);
  // Another encoding than that which it names from now on.
  return text.replace(/^<\?xml[^>]*\?>/u, "");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', "&quot;")
    .replaceAll(/[\t\n\r]/gu, (space) => `&#${space.charCodeAt(0)};`);
}
