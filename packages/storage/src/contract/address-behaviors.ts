import { expect } from "vitest";

import { parseKey } from "../key.ts";
import type { Storage } from "../storage.ts";
import { bytesOf } from "./bodies.ts";

const key = parseKey("a/größe 50%+#?&%2F.png");

async function expectAddress(address: string) {
  const url = new URL(address);
  expect(url.pathname.split("/").slice(-2).map(decodeURIComponent)).toEqual(key.split("/"));
  expect(url.hash).toBe("");
  return url;
}

export const addressBehaviors = {
  "gives an address that holds the escaped key": async (storage: Storage) => {
    await storage.put(key, bytesOf(1));
    await expectAddress(await storage.url(key));
  },

  "gives an address that expires": async (storage: Storage) => {
    await storage.put(key, bytesOf(1));
    const url = await expectAddress(await storage.url(key, { expiresInSeconds: 60 }));
    expect(url.search).not.toBe("");
  },

  "refuses an address that expires in no time, or in more than seven days": async (
    storage: Storage,
  ) => {
    for (const expiresInSeconds of [0, -1, 1.5, Number.NaN, 604_801])
      await expect(storage.url(key, { expiresInSeconds })).rejects.toMatchObject({
        kind: "invalid_input",
        code: "storage.invalid_expiry",
      });
  },

  "gives an address for one upload, which expires": async (storage: Storage) => {
    const upload = { mediaType: "image/png", bytes: 10, expiresInSeconds: 60 };
    const { method, url, headers } = await storage.uploadUrl(key, upload);
    expect(method).toBe("PUT");
    expect(headers["content-type"]).toBe("image/png");
    expect((await expectAddress(url)).search).not.toBe("");
    await expect(storage.uploadUrl(key, { ...upload, mediaType: "png" })).rejects.toMatchObject({
      code: "storage.invalid_attribute",
    });
    await expect(storage.uploadUrl(key, { ...upload, expiresInSeconds: 0 })).rejects.toMatchObject({
      code: "storage.invalid_expiry",
    });
  },

  "is healthy": async (storage: Storage) => {
    expect(await storage.health()).toEqual({ ok: true });
  },
};
