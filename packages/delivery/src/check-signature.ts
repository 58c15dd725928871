import { createHmac, timingSafeEqual } from "node:crypto";

import { deliveryError } from "./delivery-error.ts";

/** Which addresses are let in. */
export interface SignatureSettings {
  /** What may have signed an address, in hexadecimal: the one in use, and older ones while addresses live. */
  readonly pairs: readonly { readonly key: string; readonly salt: string }[];
  /** Bytes of a signature, 1 to 32. */
  readonly size: number;
  /** Whether addresses may come unsigned, with any text in the signature's place. */
  readonly allowUnsigned: boolean;
}

/** Throws `delivery.unsigned` unless one of the pairs signed the path, which begins with a slash. */
export type CheckSignature = (signature: string, path: string) => void;

/** Makes a check; throws `delivery.invalid_key` when a key or a salt is not hexadecimal. */
export function createSignatureCheck({
  pairs,
  size,
  allowUnsigned,
}: SignatureSettings): CheckSignature {
  const secrets = pairs.map(({ key, salt }) => ({ key: fromHex(key), salt: fromHex(salt) }));
  return (signature, path) => {
    if (allowUnsigned) return;
    const given = Buffer.from(signature, "base64url");
    const isRight = secrets.some(({ key, salt }) => {
      const right = createHmac("sha256", key).update(salt).update(path).digest().subarray(0, size);
      return right.length === given.length && timingSafeEqual(right, given);
    });
    if (isRight) return;
    throw deliveryError(
      "unsigned",
      secrets.length === 0
        ? "Addresses of images are not set up here: set IMG_KEYS and IMG_SALTS, or allow unsigned ones with IMG_UNSIGNED."
        : "This address is not signed, or its signature is wrong. Use the address as it was given out.",
    );
  };
}

function fromHex(text: string): Buffer {
  if (/^(?:[\da-f]{2})+$/iu.test(text)) return Buffer.from(text, "hex");
  throw deliveryError(
    "invalid_key",
    "A key or a salt of images' addresses must be an even number of hexadecimal digits.",
  );
}
