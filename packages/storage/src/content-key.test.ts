import { expect, test } from "vitest";

import { collect } from "./contract/bodies.ts";
import { contentKey, createMemoryStorage, putContent } from "./index.ts";

const bytes = Buffer.from("abc");
const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

test("names content by its digest", () => {
  expect(contentKey(sha256)).toBe(`content/ba/78/${sha256}`);
  expect(contentKey(sha256, { folder: "a/b", extension: "png" })).toBe(`a/b/ba/78/${sha256}.png`);
});

test("stores the same bytes once, also when they come at once", async () => {
  const storage = createMemoryStorage();
  const puts = await Promise.all(
    Array.from({ length: 8 }, async () => putContent(storage, bytes, { extension: "png" })),
  );
  expect(puts.filter(({ isNew }) => isNew)).toHaveLength(1);
  for (const put of puts)
    expect(put).toMatchObject({ sha256, object: { bytes: 3, mediaType: "image/png" } });
  expect(await collect(storage.list())).toHaveLength(1);
});
