import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { loadSettings, type Environment } from "@tintype/config";
import { describe, expect, onTestFinished, test } from "vitest";

import { serve } from "../serve.ts";
import { cutout } from "../testing/pictures.ts";
import { startNginx } from "../testing/start-nginx.ts";

const address = "/img/_/w:40/plain/local:///a.png";

/** The configuration that the documentation recommends. */
const [, recommended = ""] =
  /```nginx\n([\s\S]*?)```/u.exec(
    readFileSync(new URL("../../../../docs/delivery.md", import.meta.url), "utf8"),
  ) ?? [];

interface Proxied {
  /** Puts a file into the service's storage. */
  readonly put: (name: string, bytes: Uint8Array) => void;
  /** Asks the proxy, and gives its answer, with the body read. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Asked>;
}

interface Asked {
  readonly status: number;
  /** What the proxy's cache did. */
  readonly proxy: string | null;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** The service behind nginx, over a storage with one picture. */
async function behindNginx(
  environment: Environment = {},
  adapt: (configuration: string) => string = (text) => text,
): Promise<Proxied> {
  const folder = mkdtempSync(join(tmpdir(), "tintype-proxied-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "files"));
  const put: Proxied["put"] = (name, bytes) => writeFileSync(join(folder, "files", name), bytes);
  put("a.png", await cutout());
  const settings = loadSettings({
    PORT: "0",
    DATA_DIR: folder,
    IMG_UNSIGNED: "true",
    IMG_AVIF: "true",
    IMG_WEBP: "true",
    ...environment,
  });
  const service = await serve(settings, { onInternalError: () => undefined });
  onTestFinished(async () => service.stop(0));
  const url = await startNginx((port, cache) =>
    adapt(recommended)
      .replace("/var/cache/nginx/images", join(cache, "images"))
      .replace("listen 80;", `listen 127.0.0.1:${port};`)
      .replace("http://127.0.0.1:8787", service.url),
  );
  return {
    put,
    async ask(path, init) {
      const response = await fetch(url + path, init);
      const { status, headers } = response;
      const body = await response.bytes();
      return { status, headers, body, proxy: headers.get("x-proxy-cache") };
    },
  };
}

const accept = (types: string) => ({ headers: { accept: types } });
const typeOf = ({ headers, proxy }: Asked) => `${headers.get("content-type")} ${proxy}`;

describe("nginx in front, set up as documented", () => {
  test("asks the service once for what many want at once, and keeps it", async () => {
    const { ask } = await behindNginx();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => ask(address)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.filter(({ proxy }) => proxy === "MISS")).toHaveLength(1);
    expect(new Set(answers.map(({ headers }) => headers.get("etag"))).size).toBe(1);
  });

  test("answers conditional requests, HEAD and ranges from what it keeps", async () => {
    const { ask } = await behindNginx();
    const { headers, body } = await ask(address);
    const etag = headers.get("etag") ?? "";
    const known = await ask(address, { headers: { "if-none-match": etag } });
    expect([known.status, known.proxy, known.body.length]).toEqual([304, "HIT", 0]);
    const since = headers.get("last-modified") ?? "";
    expect((await ask(address, { headers: { "if-modified-since": since } })).status).toBe(304);
    const other = await ask(address, { headers: { "if-none-match": '"other"' } });
    expect([other.status, other.proxy]).toEqual([200, "HIT"]);
    const head = await ask(address, { method: "HEAD" });
    expect([head.status, head.proxy]).toEqual([200, "HIT"]);
    expect(head.headers.get("content-length")).toBe(String(body.length));
    const raw = "/img/_/raw:1/plain/local:///a.png";
    await ask(raw);
    const part = await ask(raw, { headers: { range: "bytes=1-3" } });
    expect([part.status, part.proxy, Buffer.from(part.body).toString()]).toEqual([
      206,
      "HIT",
      "PNG",
    ]);
  });

  test("keeps one image for each set of formats, however a client spells it", async () => {
    const { ask } = await behindNginx();
    const asked = [
      "image/avif,image/webp,*/*",
      "image/webp,image/avif;q=0.9",
      "image/webp,image/apng,*/*;q=0.8",
      "image/png,image/webp",
      "*/*",
      "text/html",
    ];
    const types: string[] = [];
    for (const formats of asked) types.push(typeOf(await ask(address, accept(formats))));
    expect(types).toEqual([
      "image/avif MISS",
      "image/avif HIT",
      "image/webp MISS",
      "image/webp HIT",
      "image/png MISS",
      "image/png HIT",
    ]);
    expect((await ask(address)).headers.get("vary")).toBe("Accept");
  });

  test("asks by ETag whether an image whose time is over has changed", async () => {
    const { put, ask } = await behindNginx({ IMG_TTL: "1s" });
    const first = await ask(address);
    await sleep(2100);
    const again = await ask(address);
    expect([again.proxy, again.headers.get("etag")]).toEqual([
      "REVALIDATED",
      first.headers.get("etag"),
    ]);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    put("a.png", new TextEncoder().encode(svg));
    await sleep(2100);
    const changed = await ask(address);
    expect(changed.proxy).toBe("EXPIRED");
    expect(changed.headers.get("etag")).not.toBe(first.headers.get("etag"));
  });

  test("keeps no error", async () => {
    const { put, ask } = await behindNginx();
    const late = "/img/_/w:9/plain/local:///late.png";
    for (const path of [late, late, "/img/_/foo:1/plain/local:///a.png", "/img/x"]) {
      const { status, proxy, headers } = await ask(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect([proxy, headers.get("cache-control")]).toEqual(["MISS", "no-store"]);
    }
    put("late.png", await cutout());
    expect((await ask(late)).status).toBe(200);
  });
});

test("nginx that goes by Vary alone never mixes formats up", async () => {
  const { ask } = await behindNginx({}, (text) =>
    text
      .replace("proxy_ignore_headers Vary;", "")
      .replace("$image_formats$request_uri", "$request_uri")
      .replace("proxy_set_header Accept $image_formats;", ""),
  );
  const types: string[] = [];
  for (const formats of ["image/avif", "image/webp", "image/png", "image/avif", "image/webp"]) {
    types.push(typeOf(await ask(address, accept(formats))));
  }
  expect(types).toEqual([
    "image/avif MISS",
    "image/webp MISS",
    "image/png MISS",
    "image/avif HIT",
    "image/webp HIT",
  ]);
});
