import { parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { problemIn, testApp, type TestApp } from "../testing/test-app.ts";

const signing = { SIGN_URLS: "true", SIGNING_SECRET: "7b1e0c94d2f8a3654fd8b3b1c2a9e7d0" };
const key = parseKey("outputs/a b.png");
const bytes = Buffer.from("the bytes");

/** Stores a file and gives the path of its link. */
async function stored({ runtime }: TestApp, expiresInSeconds?: number): Promise<string> {
  await runtime.storage.put(key, bytes);
  return (await runtime.storage.url(key, { expiresInSeconds })).slice(runtime.url.length);
}

describe("a signed download", () => {
  test("is the link that the storage gives, and opens the file without a key", async () => {
    const app = await testApp({ ...signing, INTERNAL_API_KEY: "4fd8b3b1c2a9e7d0" });
    const path = await stored(app, 60);
    expect(path).toMatch(
      /^\/api\/v1\/download\/outputs\/a%20b\.png\?expires=\d+&signature=[\w-]+$/u,
    );
    expect(await (await app.request(path)).text()).toBe("the bytes");
    expect((await app.request(path, { method: "HEAD" })).status).toBe(200);
  });

  test("is refused with 403 for a wrong signature and with 410 after its time", async () => {
    const app = await testApp(signing);
    const path = await stored(app, 60);
    for (const wrong of [
      path.replace("a%20b", "b"),
      path.replace(/expires=\d+/u, "expires=9999999999"),
      path.split("?")[0] ?? "",
    ])
      expect(await problemIn(await app.request(wrong))).toMatchObject({
        status: 403,
        code: "files.wrong_signature",
      });
    const ended = app.runtime.signer?.sign(key, new Date(1000));
    const query = new URLSearchParams({ ...ended }).toString();
    const link = `/api/v1/download/outputs/a%20b.png?${query}`;
    expect(await problemIn(await app.request(link))).toMatchObject({
      status: 410,
      code: "files.link_expired",
    });
  });

  test("goes on working when a new secret signs and the old one still verifies", async () => {
    const old = await testApp(signing);
    const path = await stored(old, 60);
    const { SIGNING_SECRET } = signing;
    const rotated = await testApp({
      SIGN_URLS: "true",
      SIGNING_SECRET: "0d7e9a2c1b3b8df40d7e9a2c1b3b8df4",
      SIGNING_OLDER_SECRETS: SIGNING_SECRET,
    });
    await stored(rotated, 60);
    expect((await rotated.request(path)).status).toBe(200);
    const without = await testApp({
      SIGN_URLS: "true",
      SIGNING_SECRET: "0d7e9a2c1b3b8df40d7e9a2c1b3b8df4",
    });
    await stored(without, 60);
    expect((await without.request(path)).status).toBe(403);
  });
});

describe("where files are not served to everyone", () => {
  test("a link leads to the download, which wants a key that may read", async () => {
    const INTERNAL_API_KEY = "4fd8b3b1c2a9e7d0";
    const app = await testApp({ SERVE_FILES_STATIC: "false", INTERNAL_API_KEY });
    const path = await stored(app);
    expect(path).toBe("/api/v1/download/outputs/a%20b.png");
    expect((await app.request(path)).status).toBe(401);
    const headers = { "x-api-key": INTERNAL_API_KEY };
    expect(await (await app.request(path, { headers })).text()).toBe("the bytes");
    expect((await app.request("/files/outputs/a%20b.png")).status).toBe(404);
  });
});
