import * as fc from "fast-check";
import { expect, test } from "vitest";

import { fromHeaderText, toHeaderText } from "./header-text.ts";

test("any text comes back from a header, which it fits into without spaces at its ends", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    fc.constantFrom("", " ", "a ", "UTF-8''", "UTF-8''a%20b", "100%", "käfer"),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const sent = toHeaderText(text);
      expect(sent).toMatch(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
      expect(fromHeaderText(sent)).toBe(text);
    }),
  );
});

test("plain text stays readable, and what others wrote comes back as it is", () => {
  expect(toHeaderText("made by tintype, 100%")).toBe("made by tintype, 100%");
  expect(fromHeaderText("UTF-8''%zz")).toBe("UTF-8''%zz");
});
