import * as fc from "fast-check";
import { expect, test } from "vitest";

import { decodeBase64 } from "./decode-base64.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((data) => Buffer.from(data));
const refused = expect.objectContaining({
  kind: "invalid_input",
  code: "source.invalid_base64",
}) as Error;

test("decodes base64 of both alphabets, with and without padding, plain and as a data URL", () => {
  const header = fc.constantFrom(
    "",
    "data:image/png;base64,",
    "data:;base64,",
    "DATA:a/b;x=y;BASE64,",
  );
  const alphabet = fc.constantFrom("base64" as const, "base64url" as const);
  fc.assert(
    fc.property(bytes, header, alphabet, fc.boolean(), (data, before, encoding, padded) => {
      const text = data.toString(encoding);
      const encoded = padded ? text : text.replace(/[=]+$/u, "");
      expect(decodeBase64(before + encoded)).toEqual(data);
    }),
  );
});

test("refuses base64 with a foreign character anywhere", () => {
  const foreign = fc.constantFrom("!", " ", "\n", "%", "é", "=", "🐞", "\0");
  fc.assert(
    fc.property(bytes, foreign, fc.nat(), (data, character, place) => {
      const encoded = data.toString("base64url");
      // Not at the very end, where white space and padding may stand; not at the start, where white space may.
      const at = 1 + (place % (encoded.length - 1));
      expect(() => decodeBase64(encoded.slice(0, at) + character + encoded.slice(at))).toThrow(
        refused,
      );
    }),
  );
});

test("refuses base64 that was cut in the middle of a byte", () => {
  fc.assert(
    fc.property(bytes, (data) => {
      const digits = data.toString("base64url");
      const cut = digits.slice(0, digits.length - (digits.length % 4)) + "A";
      expect(() => decodeBase64(cut)).toThrow(refused);
    }),
  );
});

test.each([
  "",
  " ",
  "=",
  "==",
  "data:image/png;base64,",
  "data:image/svg+xml,<svg/>",
  "not base64!",
])("refuses %j", (text) => expect(() => decodeBase64(text)).toThrow(refused));
