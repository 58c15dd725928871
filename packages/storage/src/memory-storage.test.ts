import { expect, test } from "vitest";

import { createMemoryStorage, createUrlSigner, parseKey } from "./index.ts";
import { storageContract } from "./testing.ts";

const signer = createUrlSigner({ secrets: ["a secret of tests alone"] });

storageContract("memory", { create: () => createMemoryStorage({ signer }) });

test("gives addresses below its base URL", async () => {
  const storage = createMemoryStorage({ baseUrl: "https://cdn.example.com/images/" });
  expect(await storage.url(parseKey("a/b c.png"))).toBe(
    "https://cdn.example.com/images/a/b%20c.png",
  );
});

test("does not let a reader change what is stored", async () => {
  const storage = createMemoryStorage();
  const key = parseKey("a");
  await storage.put(key, Uint8Array.of(1, 2, 3), { metadata: { a: "1" } });
  const content = await storage.get(key);
  (await content.bytes()).fill(0);
  Object.assign(content.info.metadata, { a: "2" });
  expect(await (await storage.get(key)).bytes()).toEqual(Uint8Array.of(1, 2, 3));
  expect((await storage.head(key))?.metadata).toEqual({ a: "1" });
});
