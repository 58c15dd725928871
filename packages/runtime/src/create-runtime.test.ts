import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings, type Environment } from "@tintype/config";
import { sharp } from "@tintype/image-core";
import { describe, expect, onTestFinished, test } from "vitest";

import { createRuntime } from "./index.ts";

const signed = { SIGN_URLS: "true", SIGNING_SECRET: "7b1e0c94d2f8a3654fd8b3b1c2a9e7d0" };

/** A runtime over a folder of its own. */
async function runtimeFor(environment: Environment = {}, options: { readonly port?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tintype-runtime-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = loadSettings({ DATA_DIR: folder, ...environment });
  return { folder, runtime: await createRuntime(settings, options) };
}

/** A request for one small file. */
async function request() {
  const background = { r: 200, g: 30, b: 30 };
  const create = { width: 40, height: 30, channels: 3, background } as const;
  const data = await sharp({ create }).png().toBuffer();
  const variants = [{ name: "small", output: { format: "png" } }];
  return { source: { kind: "bytes", data }, variants };
}

describe("a runtime", () => {
  test("keeps files below the data folder and links them below its address", async () => {
    const { folder, runtime } = await runtimeFor({ OUTPUT_DIR: "site/images" }, { port: 4321 });
    const { pipeline } = runtime;
    const [file] = (await pipeline.run(pipeline.parse(await request()))).variants;
    expect(file?.key).toMatch(/^site\/images\/[\da-f]{32}\/small\.png$/u);
    expect(file?.url).toBe(`http://127.0.0.1:4321/files/${file?.key}`);
    expect(readFileSync(join(folder, "files", file?.key ?? ""))).toHaveLength(file?.bytes ?? 0);
    expect(runtime.signer).toBeUndefined();
  });

  test("has the address that clients are told, where it is set", async () => {
    const { runtime } = await runtimeFor({ PUBLIC_URL: "https://images.example" }, { port: 1 });
    expect(runtime.url).toBe("https://images.example");
    const { runtime: plain } = await runtimeFor({ PORT: "8080" });
    expect(plain.url).toBe("http://127.0.0.1:8080");
  });

  test("signs its links, and knows its own signature, where links are signed", async () => {
    const { runtime } = await runtimeFor({ ...signed, URL_SIGNATURE_EXPIRY: "60s" });
    const { pipeline, signer } = runtime;
    const [file] = (await pipeline.run(pipeline.parse(await request()))).variants;
    if (file === undefined) throw new Error("No file was made.");
    const query = new URL(file.url).searchParams;
    const [expires, signature] = [query.get("expires") ?? "", query.get("signature") ?? ""];
    expect(signer?.verify(file.key, expires, signature)).toBe("ok");
    const now = new Date(Date.now() + 61_000);
    expect(signer?.verify(file.key, expires, signature, { now })).toBe("expired");
  });

  test.each(["auto", "grabcut", "watershed", "chroma"])(
    "removes backgrounds by the engine %s",
    async (engine) => {
      const { pipeline } = (await runtimeFor()).runtime;
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="150"><rect width="200" height="150" fill="#e4ebf0"/><circle cx="100" cy="75" r="50" fill="#a03020"/></svg>`;
      const { source: _small, ...work } = await request();
      const source = { kind: "bytes", data: Buffer.from(drawing) };
      const steps = [{ step: "remove-background", engine }];
      const result = await pipeline.run(
        pipeline.parse({ ...work, source, steps, facts: ["isOpaque"] }),
      );
      expect(result.steps[0]?.report).toMatchObject({ removed: true, engine });
      expect(result.facts).toEqual({ isOpaque: false });
    },
  );

  test.each([
    [{ MAX_IMAGE_SIZE: "1024" }, { data: Buffer.alloc(1025) }, "image.too_many_bytes"],
    [{ MAX_PIXELS: "1199" }, {}, "image.too_many_pixels"],
    [{ MAX_SIDE: "39" }, {}, "image.side_too_long"],
    [
      { URL_FETCH_DENY_HOSTS: "a.example" },
      { kind: "url", url: "https://a.example/" },
      "source.host_denied",
    ],
    [
      { URL_FETCH_ALLOW_HOSTS: "b.example" },
      { kind: "url", url: "https://a.example/" },
      "source.host_denied",
    ],
  ])("holds the limits of %j", async (environment, source, code) => {
    const { pipeline } = (await runtimeFor(environment)).runtime;
    const { source: bytes, variants } = await request();
    const given = "kind" in source ? source : { ...bytes, ...source };
    const result = pipeline.run(pipeline.parse({ source: given, variants }));
    await expect(result).rejects.toMatchObject({ code });
  });

  test("lets as many pictures in and wait as it is set to", async () => {
    const { admission } = (
      await runtimeFor({ PROCESSING_CONCURRENCY: "1", PROCESSING_QUEUE_LIMIT: "1" })
    ).runtime.pipeline;
    const leave = await admission.enter(1);
    const waiting = admission.enter(1);
    await expect(admission.enter(1)).rejects.toMatchObject({ code: "pipeline.busy" });
    leave();
    (await waiting)();
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });
});
