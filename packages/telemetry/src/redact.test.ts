import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createRedaction } from "./redact.ts";

const redact = createRedaction();

describe("a line", () => {
  test.each([
    ['{"authorization":"Bearer hush"}'],
    ['{"headers":{"X-API-Key":"hush","cookie":"session=hush"}}'],
    ['{"set-cookie":["a=hush","b=hush"]}'],
    ['{"s3SecretAccessKey":"hush","GEMINI_API_KEY":"hush","refresh_token": "hu\\"sh"}'],
    ['{"secrets":{"a":"hush"},"list":[{"password":"hush"}]}'],
    ['{"body":"{\\"apiKey\\":\\"hush\\"}"}'],
    ["GET /api/v1/download/a.png?expires=1&signature=hush HTTP/1.1"],
    ["https://b.s3.amazonaws.com/a?X-Amz-Credential=hush&X-Amz-Signature=hush&X-Amz-Date=1"],
    ["https://a.blob.core.windows.net/c/b?sv=1&sig=hush"],
    ["https://x.supabase.co/storage/v1/object/sign/a/b?token=hush"],
    ["https://generativelanguage.googleapis.com/v1/models?key=hush"],
    ["https://a.example/?a=1&amp;signature=hush"],
    ["could not connect to postgres://user:hush@db/app"],
    ["redis://:hush@cache:6379"],
    ["sent Authorization: Bearer hush, was refused"],
  ])("%s loses its secret", (line) => {
    expect(redact(line)).not.toMatch(/hu\\*"?sh/u);
    expect(redact(line)).toContain("[redacted]");
  });

  test.each([
    ['{"requestId":"r1","msg":"Answered.","path":"/files/a.png","tokens":12}'],
    ["https://images.example.com/a.png?width=100&expires=1700000000"],
    ["The key outputs/a/b.png is taken."],
    ["a@example.com wrote"],
  ])("%s stays as it is", (line) => expect(redact(line)).toBe(line));

  test("of JSON is JSON still", () => {
    const name = fc.constantFrom("token", "apiKey", "msg", "password", "set-cookie");
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.integer());
    fc.assert(
      fc.property(fc.dictionary(name, value), (fields) => {
        expect(Object.keys(JSON.parse(redact(JSON.stringify(fields))) as object)).toEqual(
          Object.keys(fields),
        );
      }),
    );
  });

  test("never shows a known secret, wherever it stands", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 8 });
    fc.assert(
      fc.property(secret, fc.string(), (value, around) => {
        fc.pre(!around.includes(value) && !"[redacted]msg".includes(value));
        const known = createRedaction([value]);
        expect(known(`${around} ${value} ${around}`)).not.toContain(` ${value} `);
        expect(known(JSON.stringify({ msg: `x ${value} y` }))).toBe('{"msg":"x [redacted] y"}');
      }),
    );
  });

  test("is read in one go, however many beginnings of a secret it holds", () => {
    for (const hostile of ['"token":"', '\\\\"', "?a=&", "token", "://"]) {
      expect(redact(hostile.repeat(100_000)).length).toBeGreaterThan(0);
    }
  });
});
