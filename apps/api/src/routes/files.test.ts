import { createMemoryStorage, parseKey, type Key } from "@tintype/storage";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { formOf, problemIn, testApp, type TestApp } from "../testing/test-app.ts";

const bytes = Buffer.from("the bytes");

/** Stores the bytes and gives the path of their link. */
async function stored(
  { runtime }: TestApp,
  name: string,
  options: { readonly expiresInSeconds?: number; readonly downloadName?: string } = {},
): Promise<string> {
  const key = parseKey(name);
  await runtime.storage.put(key, bytes);
  return (await runtime.storage.url(key, options)).slice(runtime.url.length);
}

describe("a stored file", () => {
  test("comes with its type, length and tag, and can run nothing in a browser", async () => {
    const app = await testApp();
    const response = await app.request(await stored(app, "a/b.svg"));
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/svg+xml",
      "content-length": "9",
      etag: expect.stringMatching(/^"[^"]+"$/u) as string,
      "cache-control": "public, max-age=3600",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox") as string,
    });
  });

  test("answers HEAD with the same headers and no body", async () => {
    const app = await testApp();
    const path = await stored(app, "a.png");
    const [get, head] = await Promise.all([
      app.request(path, { headers: { "x-request-id": "r" } }),
      app.request(path, { method: "HEAD", headers: { "x-request-id": "r" } }),
    ]);
    expect([...head.headers]).toEqual([...get.headers]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    await get.body?.cancel();
  });

  test("is not sent again to a client that has it", async () => {
    const app = await testApp();
    const path = await stored(app, "a.png");
    const etag = (await app.request(path, { method: "HEAD" })).headers.get("etag") ?? "";
    const statusFor = async (tags: string) => {
      const response = await app.request(path, { headers: { "if-none-match": tags } });
      const size = (await response.arrayBuffer()).byteLength;
      return [response.status, size, response.headers.get("etag")];
    };
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      expect(await statusFor(tags)).toEqual([304, 0, etag]);
    }
    expect(await statusFor('"other"')).toEqual([200, bytes.length, etag]);
  });

  test("is offered as a download of the name in its link", async () => {
    const app = await testApp();
    const path = await stored(app, "a.png", { downloadName: "(Été) 'a'.png" });
    expect((await app.request(path)).headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''%28%C3%89t%C3%A9%29%20%27a%27.png",
    );
  });

  test("of any key is reached by the link that the storage gives", async () => {
    const app = await testApp({}, (runtime) => ({
      ...runtime,
      storage: createMemoryStorage({ baseUrl: `${runtime.url}/files` }),
    }));
    const part = fc.oneof(
      fc.constantFrom("a b", "%", "%2F", "%2e%2e", "?", "#", "+", "&=", "é", "図", "🐞", "..."),
      fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
    );
    const keys = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    await fc.assert(
      fc.asyncProperty(keys.filter(isKey), async (key) => {
        const response = await app.request(await stored(app, key));
        expect(await response.text()).toBe("the bytes");
      }),
    );
  });
});

function isKey(text: string): text is Key {
  try {
    return parseKey(text).length > 0;
  } catch {
    return false;
  }
}

describe("a key", () => {
  test.each([
    ["none.png", 404, "storage.not_found"],
    ["a%2Fnone.png", 404, "storage.not_found"],
    ["%zz", 404, "storage.not_found"],
    ["%E0%A4%A", 404, "storage.not_found"],
    ["%252e%252e/a", 404, "storage.not_found"],
    ["..%2f..%2fetc%2fpasswd", 400, "storage.invalid_key"],
    ["%2e%2e%2fa", 400, "storage.invalid_key"],
    ["%2fetc/passwd", 400, "storage.invalid_key"],
    ["/a", 400, "storage.invalid_key"],
    ["a//b", 400, "storage.invalid_key"],
    ["a/", 400, "storage.invalid_key"],
    ["a%5Cb", 400, "storage.invalid_key"],
    ["a%00", 400, "storage.invalid_key"],
    ["C:%2Fa", 400, "storage.invalid_key"],
    ["a".repeat(2000), 400, "storage.invalid_key"],
  ])("such as %.30s gets %i, %s", async (key, status, code) => {
    const app = await testApp();
    expect(await problemIn(await app.request(`/files/${key}`))).toMatchObject({ status, code });
    expect(app.internalErrors).toEqual([]);
  });
});

describe("where links are signed", () => {
  const environment = { SIGN_URLS: "true", SIGNING_SECRET: "7b1e0c94d2f8a3654fd8b3b1c2a9e7d0" };
  const expiresInSeconds = 60;

  test("the right link opens its file, for its holder alone", async () => {
    const app = await testApp(environment);
    const response = await app.request(await stored(app, "a b.png", { expiresInSeconds }));
    expect(await response.text()).toBe("the bytes");
    expect(response.headers.get("cache-control")).toBe("private, max-age=3600");
  });

  test("the links in an answer are the right ones", async () => {
    const app = await testApp(environment);
    const response = await app.process(formOf({ image: await cutout() }));
    const { variants } = (await response.json()) as { variants: Record<string, { url: string }> };
    for (const { url } of Object.values(variants)) {
      expect(url).toContain("signature=");
      expect((await app.request(url.slice(app.runtime.url.length))).status).toBe(200);
    }
    expect(Object.keys(variants)).toHaveLength(3);
  });

  test("a link without signature, or with a wrong one, opens nothing", async () => {
    const app = await testApp(environment);
    const path = await stored(app, "a.png", { expiresInSeconds });
    const other = await stored(app, "b.png", { expiresInSeconds });
    const signature = /signature=(.)/u;
    const wrong = [
      path.split("?")[0] ?? "",
      path.replace("a.png", "b.png"),
      path.replace(/expires=\d+/u, "expires=99999999999"),
      path.replace(/&?expires=\d+/u, ""),
      path.replace(signature, (_all, first) => `signature=${first === "A" ? "B" : "A"}`),
      `/files/none.png${other.slice(other.indexOf("?"))}`,
    ];
    for (const link of wrong) {
      expect(await problemIn(await app.request(link))).toMatchObject({
        status: 403,
        code: "files.wrong_signature",
      });
    }
  });

  test("a link whose time is over says so", async () => {
    const app = await testApp(environment);
    await stored(app, "a.png", { expiresInSeconds });
    const sign = app.runtime.signer?.sign(parseKey("a.png"), new Date(1000));
    const query = new URLSearchParams({ ...sign }).toString();
    expect(await problemIn(await app.request(`/files/a.png?${query}`))).toMatchObject({
      status: 410,
      code: "files.link_expired",
    });
  });
});
