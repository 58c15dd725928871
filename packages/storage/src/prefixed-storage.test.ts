import { expect, test } from "vitest";

import { createMemoryStorage, createPrefixedStorage, createUrlSigner, parseKey } from "./index.ts";
import { storageContract } from "./testing.ts";

const signer = createUrlSigner({ secrets: ["a secret of tests alone"] });
const folder = parseKey("tenants/a");
const key = parseKey("b.png");

storageContract("prefixed", {
  create: async () => {
    const storage = createMemoryStorage({ signer });
    // What lies beside the folder must stay unseen.
    await storage.put(parseKey("tenants/ab/c.png"), Uint8Array.of(1));
    await storage.put(parseKey("z.png"), Uint8Array.of(1));
    return createPrefixedStorage(storage, folder);
  },
});

test("keeps its objects below its folder", async () => {
  const storage = createMemoryStorage({ baseUrl: "https://cdn.example.com" });
  const part = createPrefixedStorage(storage, folder);
  await part.put(key, Uint8Array.of(1));
  expect(await storage.head(parseKey("tenants/a/b.png"))).toMatchObject({ bytes: 1 });
  expect(await part.url(key)).toBe("https://cdn.example.com/tenants/a/b.png");
});

test("tells errors of its own keys", async () => {
  const part = createPrefixedStorage(createMemoryStorage(), folder);
  await expect(part.get(key)).rejects.toMatchObject({
    code: "storage.not_found",
    message: expect.not.stringContaining("tenants") as string,
    details: { key },
  });
});
