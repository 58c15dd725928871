import { createHash } from "node:crypto";

import type { Environment } from "@tintype/config";
import { describe, expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { endpoint, formOf, problemIn, testApp } from "../testing/test-app.ts";

const hash = (key: string) => createHash("sha256").update(key).digest("hex");

const keys = {
  reader: "4fd8b3b1c2a9e7d0-reader",
  shop: "4fd8b3b1c2a9e7d0-shop",
  boss: "4fd8b3b1c2a9e7d0-boss",
};

const environment: Environment = {
  API_KEYS: [
    `reader:read:${hash(keys.reader)}`,
    `shop:read+process:${hash(keys.shop)}`,
    `boss:admin:${hash(keys.boss)}`,
  ].join(","),
  INTERNAL_API_KEY: "4fd8b3b1c2a9e7d0-internal",
  METRICS_ON_API: "true",
};

async function guarded(more: Environment = {}) {
  const app = await testApp({ ...environment, ...more });
  const image = await cutout(12, 9);
  return {
    ...app,
    send: async (key?: string) =>
      app.process(formOf({ image }), key === undefined ? {} : { headers: { "x-api-key": key } }),
  };
}

describe("an API with keys", () => {
  test("answers 401 without one, 403 to a wrong one, and works with a right one", async () => {
    const { send } = await guarded();
    const none = await send();
    expect(none.headers.get("www-authenticate")).toBe('ApiKey realm="Tintype"');
    expect(await problemIn(none)).toMatchObject({ status: 401, code: "access.no_key" });
    for (const wrong of [keys.shop.slice(1), `${keys.shop} `.repeat(2), hash(keys.shop), "é"]) {
      const problem = await problemIn(await send(encodeURIComponent(wrong)));
      expect(problem).toMatchObject({ status: 403, code: "access.wrong_key" });
      expect(JSON.stringify(problem)).not.toContain(wrong);
    }
    for (const right of [keys.shop, keys.boss, "4fd8b3b1c2a9e7d0-internal"])
      expect((await send(right)).status).toBe(200);
  });

  test("lets a key do what its scopes cover, and nothing else", async () => {
    const { send, request } = await guarded();
    expect(await problemIn(await send(keys.reader))).toMatchObject({
      status: 403,
      code: "access.wrong_scope",
      details: { scope: "process" },
    });
    const metrics = async (key: string) =>
      (await request("/metrics", { headers: { "x-api-key": key } })).status;
    expect(await Promise.all(Object.values(keys).map(metrics))).toEqual([403, 403, 200]);
  });

  test("answers everyone on what is for everyone", async () => {
    const { request } = await guarded();
    for (const path of ["/health", "/ready", "/docs", "/openapi.json"])
      expect((await request(path)).status).toBe(200);
    expect((await request("/files/none.png")).status).toBe(404);
  });

  test("asks for the key before it reads the body", async () => {
    const { request } = await guarded();
    const response = await request(endpoint, { method: "POST", body: "{" });
    expect(response.status).toBe(401);
  });
});

describe("a rate limit", () => {
  test("counts each key by itself, tells what is left, and says when to come back", async () => {
    const { send } = await guarded({ RATE_LIMIT: "2" });
    const [first, second, third] = [
      await send(keys.shop),
      await send(keys.shop),
      await send(keys.shop),
    ];
    expect([first, second, third].map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(first?.headers.get("ratelimit-policy")).toBe('"minute";q=2;w=60');
    expect(first?.headers.get("ratelimit")).toMatch(/^"minute";r=1;t=\d+$/u);
    expect(third?.headers.get("ratelimit")).toMatch(/^"minute";r=0;t=\d+$/u);
    expect(Number(third?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await problemIn(third)).toMatchObject({
      code: "access.too_many_requests",
      retryable: true,
    });
    expect((await send(keys.boss)).status).toBe(200);
  });

  test("does not count requests with a wrong key, nor those that are for everyone", async () => {
    const { send, request } = await guarded({ RATE_LIMIT: "1" });
    for (let time = 0; time < 5; time += 1) {
      await send("wrong");
      expect((await request("/health")).headers.get("ratelimit")).toBeNull();
    }
    expect((await send(keys.shop)).status).toBe(200);
  });

  test("holds for whoever comes where there are no keys", async () => {
    const { process } = await testApp({ RATE_LIMIT: "1" });
    const statuses = [await process({}), await process({})].map(({ status }) => status);
    expect(statuses).toEqual([400, 429]);
  });
});

describe("headers", () => {
  test("keep browsers from guessing, framing and leaking, and let any page show a picture", async () => {
    const { request } = await testApp();
    for (const path of ["/health", "/nowhere", "/docs"]) {
      expect(Object.fromEntries((await request(path)).headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "cross-origin",
      });
    }
    expect((await request("/health")).headers.has("strict-transport-security")).toBe(false);
    const { request: secure } = await testApp({ PUBLIC_URL: "https://images.example.com" });
    expect((await secure("/health")).headers.get("strict-transport-security")).toContain("max-age");
  });

  test("let scripts of the named origins in, and of no other", async () => {
    const { request } = await testApp({ CORS_ORIGINS: "https://shop.example" });
    const ask = async (origin: string) =>
      request(endpoint, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    const granted = await ask("https://shop.example");
    expect([granted.status, granted.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "https://shop.example",
    ]);
    expect(granted.headers.get("access-control-allow-headers")).toContain("x-api-key");
    expect((await ask("https://evil.example")).headers.has("access-control-allow-origin")).toBe(
      false,
    );
    const { request: closed } = await testApp();
    const headers = { origin: "https://shop.example" };
    expect((await closed("/health", { headers })).headers.has("access-control-allow-origin")).toBe(
      false,
    );
  });
});
