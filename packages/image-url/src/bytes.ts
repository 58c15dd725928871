/** The bytes that an even number of hexadecimal digits stand for; throws a TypeError for anything else. */
export function bytesFromHex(hex: string): Uint8Array {
  if (!/^(?:[\da-f]{2})+$/iu.test(hex)) {
    throw new TypeError("A key or a salt must be an even number of hexadecimal digits.");
  }
  return Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** URL-safe base64 without padding. */
export function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** URL-safe base64 of a text's UTF-8 bytes. */
export function base64UrlText(text: string): string {
  return base64Url(new TextEncoder().encode(text));
}
