import { TintypeError } from "@tintype/errors";

import { escapeKey } from "./key.ts";
import type { Key } from "./key.ts";
import { parseAttributes } from "./object-attributes.ts";
import { cannotSignError } from "./storage-errors.ts";
import type { UploadUrl, UploadUrlOptions, UrlOptions } from "./storage.ts";
import type { UrlSigner } from "./url-signer.ts";

// The longest life of an address of S3, so that code moves between backends.
const maxExpiresInSeconds = 7 * 24 * 60 * 60;

/** Reads the address under which objects are served, without its last slash, or throws `storage.invalid_base_url`. */
export function parseBaseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.search !== "" || url.hash !== "" || url.username !== "")
    throw new TintypeError({
      kind: "configuration",
      code: "storage.invalid_base_url",
      message:
        "The base URL of a storage must be absolute, such as https://cdn.example.com/images, without user, query or fragment.",
    });
  return text.replace(/\/$/, "");
}

/** The address of a key below a base URL, signed when it shall expire; throws `storage.cannot_sign` without a signer. */
export function objectUrl(
  baseUrl: string,
  key: Key,
  options: UrlOptions = {},
  signer?: UrlSigner,
): string {
  const { expiresInSeconds, downloadName } = options;
  const query = new URLSearchParams();
  if (downloadName !== undefined) query.set("download", downloadName);
  if (expiresInSeconds !== undefined) {
    const expiresAt = expiryOf(expiresInSeconds);
    if (signer === undefined) throw cannotSignError();
    for (const [name, value] of Object.entries(signer.sign(key, expiresAt))) query.set(name, value);
  }
  return `${baseUrl}/${escapeKey(key)}${query.size > 0 ? `?${query.toString()}` : ""}`;
}

/** How to put one object below a base URL where a server of ours takes it; throws `storage.cannot_sign` without a signer. */
export function objectUploadUrl(
  baseUrl: string,
  key: Key,
  { mediaType, bytes, expiresInSeconds }: UploadUrlOptions,
  signer?: UrlSigner,
): UploadUrl {
  parseAttributes(key, { mediaType });
  const expiresAt = expiryOf(expiresInSeconds);
  if (signer === undefined) throw cannotSignError();
  const signature = signer.sign(key, expiresAt, { method: "PUT", mediaType, bytes });
  const query = new URLSearchParams({ ...signature }).toString();
  return {
    method: "PUT",
    url: `${baseUrl}/${escapeKey(key)}?${query}`,
    headers: { "content-type": mediaType },
  };
}

/** Throws `storage.invalid_expiry` for a time that no backend signs for. */
export function assertExpiry(seconds: number): void {
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > maxExpiresInSeconds)
    throw new TintypeError({
      kind: "invalid_input",
      code: "storage.invalid_expiry",
      message:
        "An address expires after a whole number of seconds, from 1 to 604,800 (seven days).",
    });
}

function expiryOf(seconds: number): Date {
  assertExpiry(seconds);
  return new Date(Date.now() + seconds * 1000);
}
