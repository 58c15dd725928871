import { createHash } from "node:crypto";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import { createEtagDigest } from "./etag-digest.ts";

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest();

function digestOf(bytes: Uint8Array, chunkBytes: number) {
  const digest = createEtagDigest(10);
  for (let at = 0; at < bytes.length; at += chunkBytes)
    digest.update(bytes.subarray(at, at + chunkBytes));
  return digest;
}

test("knows the ETags of bytes put at once and in parts, however they arrive", () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 25 }), (whole, chunkBytes) => {
      const digest = digestOf(whole, chunkBytes);
      expect(digest.matches(md5(whole).toString("hex"))).toBe(true);
      const count = Math.ceil(whole.length / 10);
      const parts = Array.from({ length: count }, (_, index) =>
        md5(whole.subarray(index * 10, index * 10 + 10)),
      );
      const etag = `${md5(Buffer.concat(parts)).toString("hex")}-${String(count)}`;
      expect(digest.matches(etag)).toBe(true);
      const changed = Uint8Array.from(whole, (byte, index) => (index === 0 ? byte ^ 1 : byte));
      expect(digestOf(changed, chunkBytes).matches(etag)).toBe(false);
      expect(digest.matches(md5(changed).toString("hex"))).toBe(false);
    }),
  );
});

test("passes an ETag that is no digest", () => {
  expect(createEtagDigest(10).matches("CKjh1qzQ3vsCEAE=")).toBe(true);
});
