/** How each kind of picture begins: its first bytes in hex, or for SVG its first characters. */
const beginnings: Readonly<Record<string, RegExp>> = {
  "image/png": /^89504e470d0a1a0a/u,
  "image/jpeg": /^ffd8ff/u,
  "image/webp": /^52494646.{8}57454250/u,
  "image/gif": /^474946383[79]61/u,
  "image/avif": /^.{8}66747970617669(?:66|73)/u,
  "image/svg+xml": /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/u,
};

/** The media type that a picture's first bytes tell, whatever it was called; `undefined` for what is none. */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 256));
  const [hex, text] = [start.toString("hex"), start.toString("utf8")];
  return Object.keys(beginnings).find(
    (type) => beginnings[type]?.test(type === "image/svg+xml" ? text : hex) === true,
  );
}
