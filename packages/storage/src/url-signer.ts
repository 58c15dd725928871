import { createHmac, timingSafeEqual } from "node:crypto";

import { TintypeError } from "@tintype/errors";

import type { Key } from "./key.ts";

/** The two query parameters that let an address expire. */
export interface UrlSignature {
  /** The end, in whole seconds since 1970. */
  readonly expires: string;
  readonly signature: string;
}

/** What a signature allows: to read an object, or to put one of exactly this type and size. */
export type SignedAccess =
  | "GET"
  | { readonly method: "PUT"; readonly mediaType: string; readonly bytes: number };

/** Signs and verifies addresses that a server of ours answers. */
export interface UrlSigner {
  /** The signature that opens the key until a time, for reading when no access is named. */
  sign(key: Key, expiresAt: Date, access?: SignedAccess): UrlSignature;
  /** Whether a signature gives this access to the key now; `expired` only for one that was right. */
  verify(
    key: Key,
    expires: string,
    signature: string,
    options?: { readonly access?: SignedAccess; readonly now?: Date },
  ): "ok" | "expired" | "wrong";
}

/** Makes a signer of HMAC-SHA256 over method, key and expiry: the first secret signs, the older ones still verify. */
export function createUrlSigner(options: {
  readonly secrets: readonly [current: string, ...older: string[]];
}): UrlSigner {
  const { secrets } = options;
  if (secrets.some((secret) => Buffer.byteLength(secret) < 16))
    throw new TintypeError({
      kind: "configuration",
      code: "storage.weak_secret",
      message: "A secret that signs URLs needs at least 16 bytes.",
    });

  return {
    sign(key, expiresAt, access = "GET") {
      const expires = String(Math.floor(expiresAt.getTime() / 1000));
      return { expires, signature: signatureOf(secrets[0], key, expires, access) };
    },
    verify(key, expires, signature, { access = "GET", now = new Date() } = {}) {
      const isRight = secrets.some((secret) =>
        equal(signature, signatureOf(secret, key, expires, access)),
      );
      if (!isRight || !/^\d{1,12}$/.test(expires)) return "wrong";
      return Number(expires) * 1000 > now.getTime() ? "ok" : "expired";
    },
  };
}

function signatureOf(secret: string, key: Key, expires: string, access: SignedAccess): string {
  const [method, ...terms] =
    access === "GET" ? [access] : [access.method, access.mediaType, access.bytes];
  // Neither a key nor a media type holds a line break, so two different accesses never give one message.
  const message = [method, key, expires, ...terms].join("\n");
  return createHmac("sha256", secret).update(message).digest("base64url");
}

function equal(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
