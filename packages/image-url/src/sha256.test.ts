import { createHash, createHmac } from "node:crypto";

import { assert, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";

import { hmacSha256, sha256 } from "./sha256.ts";

const bytes = uint8Array({ maxLength: 300 });

test("any bytes have the digest that OpenSSL gives them", () => {
  assert(
    property(bytes, (message) => {
      expect(Buffer.from(sha256(message))).toEqual(createHash("sha256").update(message).digest());
    }),
    { examples: [55, 56, 63, 64, 65, 119, 120].map((length) => [new Uint8Array(length).fill(7)]) },
  );
});

test("any key and message have the code that OpenSSL gives them", () => {
  assert(
    property(bytes, bytes, (key, message) => {
      const expected = createHmac("sha256", key).update(message).digest();
      expect(Buffer.from(hmacSha256(key, message))).toEqual(expected);
    }),
  );
});
