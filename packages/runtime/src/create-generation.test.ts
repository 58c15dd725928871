import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings, type Environment } from "@tintype/config";
import { startScriptedServer, type ScriptedAnswer } from "@tintype/generators/testing";
import { sharp } from "@tintype/image-core";
import { describe, expect, onTestFinished, test } from "vitest";

import { createRuntime } from "./index.ts";

function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-generation-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function runtimeFor(environment: Environment, folder = testFolder()) {
  return createRuntime(loadSettings({ DATA_DIR: folder, ...environment }));
}

async function jpeg(): Promise<Buffer> {
  const create = { width: 32, height: 32, channels: 3, background: "#2266aa" } as const;
  return sharp({ create }).jpeg().toBuffer();
}

async function geminiAnswer(): Promise<ScriptedAnswer> {
  const inlineData = { mimeType: "image/jpeg", data: (await jpeg()).toString("base64") };
  const content = { parts: [{ inlineData }] };
  return { body: { candidates: [{ content, finishReason: "STOP" }] } };
}

const wish = { kind: "generate", prompt: "a red car", size: "custom", width: 48, height: 32 };
const variants = [{ name: "png", output: { format: "png" } }];

type Runtime = Awaited<ReturnType<typeof createRuntime>>;

/** Runs a request for one picture made from words. */
async function generate({ pipeline }: Runtime, more: object = {}) {
  return pipeline.run(pipeline.parse({ source: { ...wish, ...more }, variants }));
}

describe("a runtime", () => {
  test("makes pictures by its settings' generator, model and brand", async () => {
    const { url, requests } = await startScriptedServer(geminiAnswer);
    const runtime = await runtimeFor({
      DEFAULT_GENERATOR: "gemini",
      GEMINI_API_KEY: "key-of-the-test",
      GEMINI_BASE_URL: url,
      GEMINI_MODEL_NAME: "gemini-3-pro-image",
      GEMINI_PRICE_PER_IMAGE: "0.134",
      BRAND_PRIMARY_COLOR: "#0066cc",
      BRAND_STYLE: "calm",
    });
    const { generation, width, height } = await generate(runtime);
    expect({ width, height }).toEqual({ width: 48, height: 32 });
    expect(generation).toMatchObject({
      generator: "gemini",
      model: "gemini-3-pro-image",
      prompt:
        "a red car. The brand's palette: #0066cc as the leading color. The brand's style: calm.",
      cost: { amount: 0.134, currency: "USD" },
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers["x-goog-api-key"]).toBe("key-of-the-test");
    expect(runtime.usage.read()["gemini"]).toMatchObject({ requests: 1, cost: 0.134 });
    expect(await runtime.metrics.render()).toContain(
      'generator_cost_usd_total{generator="gemini"} 0.134',
    );
  });

  test("makes pictures with OpenAI too", async () => {
    const b64 = (await jpeg()).toString("base64");
    const { url, requests } = await startScriptedServer(() => ({
      body: { created: 1, data: [{ b64_json: b64 }] },
    }));
    const runtime = await runtimeFor({ OPENAI_API_KEY: "k-123456", OPENAI_BASE_URL: `${url}/v1` });
    const { generation } = await generate(runtime, { generator: "openai" });
    expect(generation).toMatchObject({ generator: "openai", model: "gpt-image-2.5-flare" });
    expect(requests).toHaveLength(1);
  });

  test("asks a paid service once for equal requests with a seed, also after a restart", async () => {
    const { url, requests } = await startScriptedServer(geminiAnswer);
    const environment = { GEMINI_API_KEY: "key-of-the-test", GEMINI_BASE_URL: url };
    const folder = testFolder();
    const more = { generator: "gemini", seed: 7 };
    const first = await generate(await runtimeFor(environment, folder), more);
    const again = await generate(await runtimeFor(environment, folder), more);
    expect(requests).toHaveLength(1);
    expect(again.variants[0]?.sha256).toBe(first.variants[0]?.sha256);
    expect(again.generation?.cost.amount).toBe(0);
    await generate(await runtimeFor({ ...environment, GENERATION_CACHE: "false" }, folder), more);
    expect(requests).toHaveLength(2);
  });

  test("makes no call that its budget can't pay", async () => {
    const { url, requests } = await startScriptedServer(geminiAnswer);
    const runtime = await runtimeFor({
      GEMINI_API_KEY: "key-of-the-test",
      GEMINI_BASE_URL: url,
      GEMINI_PRICE_PER_IMAGE: "1",
      GENERATION_BUDGET: "1.5",
    });
    await generate(runtime, { generator: "gemini" });
    await expect(generate(runtime, { generator: "gemini" })).rejects.toMatchObject({
      code: "generator.budget_exhausted",
    });
    expect(requests).toHaveLength(1);
    expect((await generate(runtime)).generation?.generator).toBe("sample");
    const counted = await runtime.metrics.render();
    expect(counted).toContain("generation_success_total 2");
    expect(counted).toContain('generation_failure_total{reason="generator.budget_exhausted"} 1');
  });

  test("counts a picture once, however often its service was asked", async () => {
    const { url } = await startScriptedServer((_, index) =>
      index === 0 ? { status: 503, body: { error: { code: 503 } } } : geminiAnswer(),
    );
    const environment = { GEMINI_API_KEY: "key-of-the-test", GEMINI_BASE_URL: url };
    const runtime = await runtimeFor({ ...environment, GEMINI_RETRY_DELAY: "0" });
    await generate(runtime, { generator: "gemini" });
    const counted = await runtime.metrics.render();
    expect(counted).toContain('generator_calls_total{generator="gemini",outcome="failure"} 1');
    expect(counted).toContain("generation_success_total 1");
    expect(counted).not.toContain("generation_failure_total{");
  });

  test.each([
    ["gemini", "GEMINI_API_KEY"],
    ["openai", "OPENAI_API_KEY"],
  ])("without a key for %s names the setting", async (generator, setting) => {
    const runtime = await runtimeFor({});
    await expect(generate(runtime, { generator })).rejects.toMatchObject({
      code: "service.not_configured",
      message: expect.stringContaining(setting) as string,
    });
    expect(await runtime.metrics.render()).toContain(
      'generation_failure_total{reason="service.not_configured"} 1',
    );
  });
});

async function photo(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="72"><rect width="96" height="72" fill="#eef"/><circle cx="48" cy="36" r="22" fill="#c33"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().jpeg({ quality: 95 }).toBuffer();
}

/** Cuts everything out but the left half. */
async function api4aiAnswer(): Promise<ScriptedAnswer> {
  const create = { width: 96, height: 72, channels: 4, background: "#00000000" } as const;
  const left = { width: 48, height: 72, channels: 4, background: "#ff0000ff" } as const;
  const png = await sharp({ create })
    .composite([{ input: await sharp({ create: left }).png().toBuffer(), left: 0, top: 0 }])
    .png()
    .toBuffer();
  const image = png.toString("base64");
  return {
    body: { results: [{ status: { code: "ok" }, entities: [{ kind: "image", image }] }] },
  };
}

async function remove({ pipeline }: Runtime, engine: string) {
  const source = { kind: "bytes", data: await photo() };
  const steps = [{ step: "remove-background", engine }];
  const { steps: applied } = await pipeline.run(pipeline.parse({ source, steps, variants }));
  return applied[0]?.report;
}

describe("the engine", () => {
  test("api4ai is paid for once for a picture, also after a restart", async () => {
    const { url, requests } = await startScriptedServer(api4aiAnswer);
    const environment = { API4AI_API_KEY: "key-of-the-test", API4AI_BASE_URL: url };
    const folder = testFolder();
    for (const _ of [1, 2]) {
      const runtime = await runtimeFor(environment, folder);
      expect(await remove(runtime, "api4ai")).toMatchObject({ removed: true, engine: "api4ai" });
    }
    expect(requests).toHaveLength(1);
  });

  test("chain asks api4ai first, and says when another did it", async () => {
    let isWell = true;
    const { url, requests } = await startScriptedServer(() =>
      isWell ? api4aiAnswer() : { status: 401 },
    );
    const environment = { API4AI_API_KEY: "key-of-the-test", API4AI_BASE_URL: url };
    expect(await remove(await runtimeFor(environment), "chain")).toMatchObject({
      engine: "api4ai",
    });
    isWell = false;
    expect(await remove(await runtimeFor(environment), "chain")).toMatchObject({
      engine: "grabcut",
      failedBefore: [{ engine: "api4ai", code: "service.key_refused" }],
    });
    expect(requests).toHaveLength(2);
  });

  test("chain works without a key, on this machine", async () => {
    expect(await remove(await runtimeFor({}), "chain")).toMatchObject({ engine: "grabcut" });
  });
});
