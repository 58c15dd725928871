import { base64Url, bytesFromHex } from "./bytes.ts";
import { hmacSha256 } from "./sha256.ts";

/** What addresses are signed with; both are secrets, and in hexadecimal. */
export interface SigningPair {
  readonly key: string;
  readonly salt: string;
}

/**
 * The signature of a path that begins with a slash: HMAC-SHA256 over salt and path in URL-safe base64, cut to `size`
 * bytes. Throws a TypeError when the pair is not in hexadecimal.
 */
export function signPath(path: string, { key, salt }: SigningPair, size = 32): string {
  const message = new Uint8Array([...bytesFromHex(salt), ...new TextEncoder().encode(path)]);
  return base64Url(hmacSha256(bytesFromHex(key), message).slice(0, size));
}
