import { parseKey, parsePrefix } from "@tintype/storage";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { fromObjectName, toObjectName } from "./object-name.ts";

const texts = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });

test("every key has a name in the characters that Supabase takes, and comes back from it", () => {
  fc.assert(
    fc.property(texts.filter(isKey), (text) => {
      const key = parseKey(text);
      const name = toObjectName(key);
      expect(name).toMatch(/^[A-Za-z0-9/._ =-]+$/u);
      expect(fromObjectName(name)).toBe(key);
    }),
  );
});

test("the start of a key is the start of its name", () => {
  const name = toObjectName(parseKey("größe/ä=b.png"));
  expect(name).toBe("gr=C3=B6=C3=9Fe/=C3=A4=3Db.png");
  expect(name.startsWith(toObjectName(parsePrefix("grö")))).toBe(true);
});

test.each(["a=zz", "a=c3=a4", "=2E=2E/a", "a//b", "a=41"])("%s is no key's name", (name) => {
  expect(fromObjectName(name)).toBeUndefined();
});

function isKey(text: string): boolean {
  try {
    return parseKey(text).length > 0;
  } catch {
    return false;
  }
}
