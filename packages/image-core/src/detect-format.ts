/** Every type of picture that can be recognised by its content, read or not. */
export const pictureTypes = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
  tiff: "image/tiff",
  svg: "image/svg+xml",
  heic: "image/heic",
  bmp: "image/bmp",
  ico: "image/x-icon",
} as const;

/** A key of {@link pictureTypes}. */
export type PictureType = keyof typeof pictureTypes;

/** The type that the first bytes of a file show, whatever its name says; undefined when they show none. */
export function detectFormat(bytes: Uint8Array): PictureType | undefined {
  const ascii = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  const starts = (...values: number[]) => values.every((value, index) => bytes[index] === value);

  if (starts(0xff, 0xd8, 0xff)) return "jpeg";
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") return "webp";
  if (ascii(0, 6) === "GIF87a" || ascii(0, 6) === "GIF89a") return "gif";
  if (starts(0x49, 0x49, 0x2a, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2a)) return "tiff";
  if (starts(0x49, 0x49, 0x2b, 0x00) || starts(0x4d, 0x4d, 0x00, 0x2b)) return "tiff";
  if (ascii(0, 2) === "BM" && bytes.length >= 26) return "bmp";
  if (starts(0x00, 0x00, 0x01, 0x00) && bytes.length >= 22) return "ico";
  if (ascii(4, 8) === "ftyp") return heifBrand(bytes, ascii);
  return looksLikeSvg(bytes) ? "svg" : undefined;
}

/** Reads the brands of an ISO base media file: AVIF, HEIC, or another kind of file altogether. */
function heifBrand(
  bytes: Uint8Array,
  ascii: (start: number, end: number) => string,
): "avif" | "heic" | undefined {
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 256);
  const brands = [ascii(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(at, at + 4));
  if (brands.some((brand) => brand === "avif" || brand === "avis")) return "avif";
  return brands.some((brand) => /^(?:hei[cxms]|hev[cx]|mif1|msf1)$/u.test(brand))
    ? "heic"
    : undefined;
}

/** An SVG is text whose first element, after any prolog, comments and a DOCTYPE, is `svg`. */
function looksLikeSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder(bytes[0] === 0xff || bytes[0] === 0xfe ? "utf-16" : "utf-8").decode(
    bytes.subarray(0, 4096),
  );
  const prolog =
    /^\uFEFF?\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>\s*)*/u;
  return /^<(?:\w+:)?svg[\s>/]/u.test(head.replace(prolog, ""));
}
