import { createHmac } from "node:crypto";

import { parseKey } from "@tintype/storage";
import { describe, expect, test, vi } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { bytesOf, problemIn, testApp, type TestApp } from "../testing/test-app.ts";

const address = "/img/_/w:40/plain/local:///a.png";

/** An app that lets every address in, and holds a picture and a drawing. */
async function imageApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await testApp({ IMG_UNSIGNED: "true", ...environment });
  await app.runtime.storage.put(parseKey("a.png"), await cutout());
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="9" height="9"/></svg>';
  await app.runtime.storage.put(parseKey("a.svg"), new TextEncoder().encode(svg));
  return app;
}

async function get(app: TestApp, path: string, headers: Record<string, string> = {}) {
  return app.request(path, { headers });
}

describe("GET /img", () => {
  test("gives the image with what clients and proxies need to know", async () => {
    const app = await imageApp();
    const response = await get(app, address);
    expect(response.status).toBe(200);
    const bytes = await bytesOf(response);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-length": String(bytes.length),
      "content-disposition": 'inline; filename="a.png"',
      "cache-control": "public, max-age=86400",
      "x-content-type-options": "nosniff",
      "x-cache": "MISS",
    });
    expect(headers["etag"]).toMatch(/^"[\da-f]{32}"$/u);
    const stored = await app.runtime.storage.head(parseKey("a.png"));
    expect(headers["last-modified"]).toBe(stored?.lastModified.toUTCString());
    for (const name of ["vary", "accept-ranges", "x-result-width", "accept-ch"]) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  test("gives the same from the cache, and answers that a client has it", async () => {
    const app = await imageApp();
    const first = await get(app, address);
    const etag = first.headers.get("etag") ?? "";
    const second = await get(app, address);
    expect(second.headers.get("x-cache")).toBe("HIT");
    expect(second.headers.get("etag")).toBe(etag);
    expect(await bytesOf(second)).toEqual(await bytesOf(first));
    const known = await get(app, address, { "if-none-match": `"x", W/${etag}` });
    expect([known.status, await known.text()]).toEqual([304, ""]);
    const since = first.headers.get("last-modified") ?? "";
    expect((await get(app, address, { "if-modified-since": since })).status).toBe(304);
    expect(
      (await get(app, address, { "if-none-match": '"x"', "if-modified-since": since })).status,
    ).toBe(200);
  });

  test("answers HEAD without a body", async () => {
    const app = await imageApp();
    const response = await app.request(address, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100);
  });

  test("varies by Accept only where that took part", async () => {
    const app = await imageApp({ IMG_AVIF: "on", IMG_WEBP: "on" });
    const accept = "image/avif,image/webp,*/*";
    const free = await get(app, address, { accept });
    expect([free.headers.get("content-type"), free.headers.get("vary")]).toEqual([
      "image/avif",
      "Accept",
    ]);
    const plain = await get(app, address);
    expect([plain.headers.get("content-type"), plain.headers.get("vary")]).toEqual([
      "image/png",
      "Accept",
    ]);
    const fixed = await get(app, `${address}@jpg`, { accept });
    expect([fixed.headers.get("content-type"), fixed.headers.get("vary")]).toEqual([
      "image/jpeg",
      null,
    ]);
  });

  test("follows client hints where that is set", async () => {
    const app = await imageApp({ IMG_CLIENT_HINTS: "on", IMG_DEBUG_HEADERS: "on" });
    const response = await get(app, "/img/_/plain/local:///a.png", {
      "sec-ch-dpr": "2",
      "sec-ch-width": "30",
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      vary: "Sec-CH-DPR, Sec-CH-Width",
      "accept-ch": "Sec-CH-DPR, Sec-CH-Width",
      "x-result-width": "30",
    });
  });

  test("gives ranges of a source that is given out as it is", async () => {
    const app = await imageApp();
    const raw = "/img/_/raw:1/plain/local:///a.png";
    const whole = await get(app, raw);
    const bytes = await bytesOf(whole);
    expect(whole.headers.get("accept-ranges")).toBe("bytes");
    expect(whole.headers.get("content-disposition")).toBe('inline; filename="a.png"');
    const part = await get(app, raw, { range: "bytes=1-3" });
    expect([part.status, await part.text()]).toEqual([206, "PNG"]);
    expect(part.headers.get("content-range")).toBe(`bytes 1-3/${bytes.length}`);
    const tail = await get(app, raw, { range: "bytes=-4" });
    expect(await bytesOf(tail)).toEqual(bytes.subarray(-4));
    const other = await get(app, raw, { range: "bytes=1-3", "if-range": '"x"' });
    expect(other.status).toBe(200);
    const outside = await get(app, raw, { range: `bytes=${bytes.length}-` });
    expect([outside.status, outside.headers.get("content-range")]).toEqual([
      416,
      `bytes */${bytes.length}`,
    ]);
  });

  test("gives a drawing out without what it could run", async () => {
    const response = await get(await imageApp(), "/img/_/plain/local:///a.svg");
    expect(response.headers.get("content-type")).toBe("image/svg+xml");
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(await response.text()).not.toContain("script");
  });

  test("gives a drawing as it is only to be saved, or shown within a page", async () => {
    const response = await get(await imageApp(), "/img/_/raw:1/plain/local:///a.svg");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/svg+xml",
      "content-disposition": 'attachment; filename="a.svg"',
      "content-security-policy": expect.stringContaining("sandbox"),
      "x-content-type-options": "nosniff",
    });
    expect(await response.text()).toContain("script");
  });

  test("offers a download by the name that is asked for", async () => {
    const response = await get(
      await imageApp(),
      "/img/_/att:1/fn:Gr%C3%B6%C3%9Fe/w:9/plain/local:///a.png",
    );
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename=\"Gr__e.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.png",
    );
  });

  test("ends no later in a client than the address does", async () => {
    const end = Math.floor(Date.now() / 1000) + 50;
    const response = await get(await imageApp(), `/img/_/exp:${end}/w:9/plain/local:///a.png`);
    const [, seconds = "0"] =
      /max-age=(\d+)/u.exec(response.headers.get("cache-control") ?? "") ?? [];
    expect(Number(seconds)).toBeLessThanOrEqual(50);
  });

  test.each<[string, Record<string, string>, string, number, string]>([
    ["an address that is not signed", { IMG_UNSIGNED: "off" }, address, 403, "delivery.unsigned"],
    [
      "an option that there is not",
      {},
      "/img/_/foo:1/plain/local:///a.png",
      400,
      "delivery.unknown_option",
    ],
    ["a source that there is not", {}, "/img/_/plain/local:///none.png", 404, "storage.not_found"],
    ["an address that has ended", {}, "/img/_/exp:1/plain/local:///a.png", 410, "delivery.expired"],
    [
      "an ended address that is hidden",
      { IMG_EXPIRED: "404" },
      "/img/_/exp:1/plain/local:///a.png",
      404,
      "delivery.not_found",
    ],
    [
      "an address on this machine",
      {},
      "/img/_/plain/http://127.0.0.1/a.png",
      403,
      "source.private_address",
    ],
    ["half an address", {}, "/img/a", 400, "delivery.invalid_url"],
  ])("refuses %s, and nobody keeps that", async (_, environment, path, status, code) => {
    const response = await get(await imageApp(environment), path);
    expect(response.status).toBe(status);
    expect(await problemIn(response)).toMatchObject({ code });
  });

  test("lets in what any of its keys signed", async () => {
    const app = await imageApp({ IMG_UNSIGNED: "off", IMG_KEYS: "aa,bb", IMG_SALTS: "01,02" });
    const path = "/w:9/plain/local:///a.png";
    const signature = createHmac("sha256", Buffer.from("bb", "hex"))
      .update(Buffer.from("02", "hex"))
      .update(path)
      .digest("base64url");
    expect((await get(app, `/img/${signature}${path}`)).status).toBe(200);
  });

  test("gives a fallback with a status and a time of its own", async () => {
    const app = await imageApp({ IMG_FALLBACK: "local:///a.png", IMG_FALLBACK_STATUS: "404" });
    const response = await get(app, "/img/_/w:9/plain/local:///none.png");
    expect(response.status).toBe(404);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=60",
      "fallback-image": "1",
    });
  });

  test("makes what 200 clients ask for at once a single time", async () => {
    const app = await imageApp();
    const responses = await Promise.all(Array.from({ length: 200 }, () => get(app, address)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(app.runtime.images.cache?.state()).toMatchObject({ misses: 1, entries: 1 });
    await get(app, address);
    const metrics = await app.runtime.metrics.render();
    expect(metrics).toContain('images_processed_total{outcome="success"} 1\n');
    expect(metrics).toContain('cache_misses_total{cache="results"} 1\n');
    expect(metrics).toContain('cache_hits_total{cache="results"} 1\n');
  });

  test("makes what clients of two processes ask for at once a single time", async () => {
    const first = await imageApp();
    const { dataDir } = first.runtime.settings.storage;
    const second = await testApp({ IMG_UNSIGNED: "true", DATA_DIR: dataDir });
    const caches = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const response = await get(index % 2 === 0 ? first : second, address);
        return response.headers.get("x-cache");
      }),
    );
    expect(caches.filter((cache) => cache === "MISS")).toHaveLength(1);
  });

  test("refuses more than may wait, with the time to come back", async () => {
    const app = await imageApp({ PROCESSING_CONCURRENCY: "1", PROCESSING_QUEUE_LIMIT: "1" });
    const responses = await Promise.all(
      [10, 11, 12, 13, 14].map((width) => get(app, `/img/_/w:${width}/bl:3/plain/local:///a.png`)),
    );
    const busy = responses.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const response of busy) {
      expect(response.headers.get("retry-after")).toBe("1");
      expect(await problemIn(response)).toMatchObject({ code: "pipeline.busy" });
    }
  });
});

describe("GET /img/info", () => {
  test("tells what is known of a source", async () => {
    const response = await get(await imageApp(), "/img/info/_/bh:2:2/plain/local:///a.png");
    expect(await response.json()).toMatchObject({ format: "png", blurhash: expect.any(String) });
  });
});

describe("POST /api/v1/process-image", () => {
  test("says by X-Cache whether an equal request was made before, and makes lost files again", async () => {
    const app = await imageApp();
    const body = {
      imageBase64: (await cutout()).toString("base64"),
      variants: [{ name: "a", output: { format: "webp" } }],
    };
    const process = async () => {
      const response = await app.process(body);
      const { variants } = (await response.json()) as { variants: { a: { key: string } } };
      return { cache: response.headers.get("x-cache"), ...variants.a };
    };
    const first = await process();
    const second = await process();
    expect([first.cache, second.cache, second.key]).toEqual(["MISS", "HIT", first.key]);
    await app.runtime.storage.delete(parseKey(first.key));
    expect((await process()).cache).toBe("MISS");
    expect(await app.runtime.storage.head(parseKey(first.key))).toBeDefined();
  });
});

describe("an uploaded picture", () => {
  test("has an address as an asset, and what presets ask for was made ahead", async () => {
    const app = await imageApp({ IMG_PRESETS: "icon=w:20/f:webp", IMG_BUILD_AHEAD: "icon" });
    const library = await app.runtime.assets();
    const asset = await library.ingest({ name: "a.png" }, await cutout());
    await vi.waitFor(() => expect(app.runtime.images.cache?.state().entries).toBe(1), 10_000);
    const response = await get(app, `/img/_/pr:icon/plain/asset://${asset.id}`);
    expect(response.status).toBe(200);
    // Its maker may not be quite done yet.
    expect(response.headers.get("x-cache")).toMatch(/^(?:HIT|SHARED)$/u);
  });

  test("takes along what was made of it and kept when it is deleted, and nothing else", async () => {
    const app = await imageApp();
    const asset = await (
      await app.runtime.assets()
    ).ingest({ name: "b.png" }, await cutout(48, 36));
    for (const from of [`asset://${asset.id}`, "local:///a.png"]) {
      expect((await get(app, `/img/_/w:10/plain/${from}`)).status).toBe(200);
    }
    expect(app.runtime.images.cache?.state().entries).toBe(2);
    await app.request(`/api/v1/images/${asset.id}`, { method: "DELETE" });
    expect(app.runtime.images.cache?.state().entries).toBe(1);
    expect((await get(app, `/img/_/w:10/plain/asset://${asset.id}`)).status).toBe(404);
    const other = await get(app, "/img/_/w:10/plain/local:///a.png");
    expect(other.headers.get("x-cache")).toBe("HIT");
  });
});
