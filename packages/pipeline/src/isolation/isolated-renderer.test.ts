import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { avif, png, webp } from "@tintype/exporters";
import { composite, defaultLimits, resize, sharp } from "@tintype/image-core";
import { createMemoryStorage, parseKey } from "@tintype/storage";
import { describe, expect, onTestFinished, test } from "vitest";

import { createPipeline } from "../create-pipeline.ts";
import { createIsolatedRenderer } from "./isolated-renderer.ts";
import type { ToChild } from "./messages.ts";

const renderer = createIsolatedRenderer();
const storage = createMemoryStorage();
const isolated = createPipeline({ storage, isolation: { renderer, aboveMs: -1 } });
const here = createPipeline({ storage });

async function noise(width: number, height: number): Promise<Buffer> {
  const create = {
    width,
    height,
    channels: 3 as const,
    background: "#000",
    noise: { type: "gaussian" as const, mean: 128, sigma: 60 },
  };
  return sharp({ create }).png({ compressionLevel: 1 }).toBuffer();
}

const small = await noise(80, 60);
const work = (data: Buffer) => ({
  source: { kind: "bytes" as const, data },
  steps: [resize({ width: 40 })],
  variants: [
    { name: "a", output: png() },
    { name: "b", output: webp({ quality: 70 }) },
  ],
});

async function slowWork() {
  const source = { kind: "bytes" as const, data: await noise(3000, 2000) };
  return { source, variants: [{ name: "a", output: avif({ effort: 9 }) }] };
}

describe("a picture rendered in a process of its own", () => {
  test("gives the same result as here", async () => {
    const [there, local] = [
      await isolated.run(isolated.parse(work(small))),
      await here.run(here.parse(work(small))),
    ];
    expect(there.variants.map(({ sha256, key }) => [key, sha256])).toEqual(
      local.variants.map(({ sha256, key }) => [key, sha256]),
    );
    expect(there.timings.steps).toBeGreaterThan(0);
  });

  test("gets other pictures through the process that asked", async () => {
    await storage.put(parseKey("logo.png"), await noise(8, 8));
    const request = { ...work(small), steps: [composite({ image: "logo.png" })] };
    const result = await isolated.run(isolated.parse(request));
    expect(result.steps.map(({ step }) => step)).toEqual(["composite"]);
    const missing = { ...work(small), steps: [composite({ image: "none.png" })] };
    await expect(isolated.run(isolated.parse(missing))).rejects.toMatchObject({
      code: "storage.not_found",
    });
  });

  test("fails with the same error as here", async () => {
    const cut = small.subarray(0, small.length / 2);
    for (const pipeline of [isolated, here]) {
      await expect(pipeline.run(pipeline.parse(work(cut)))).rejects.toMatchObject({
        kind: "invalid_input",
        code: "image.corrupt",
      });
    }
  });

  test("is really ended by its deadline, and the next one is served", async () => {
    const slow = isolated.parse(await slowWork());
    const started = performance.now();
    await expect(isolated.run(slow, { signal: AbortSignal.timeout(1000) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(isolated.admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
    await expect(isolated.run(isolated.parse(work(small)))).resolves.toBeDefined();
  });

  test("ends with the process that asked for it, whatever it does", async () => {
    const child = fork(new URL("render-child.ts", import.meta.url), {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "exit");
    const ask = ({ source: { data }, ...wish }: { readonly source: { readonly data: Buffer } }) => {
      const { steps, variants, facts } = here.parse({ source: { kind: "bytes", data }, ...wish });
      const order = { file: { bytes: data }, limits: defaultLimits, steps, variants, facts };
      child.send({ kind: "render", order, removes: false } satisfies ToChild);
    };
    ask(work(small));
    const [answer] = await once(child, "message");
    expect(answer).toMatchObject({ kind: "rendered" });
    ask(await slowWork());
    // An encoder that has begun is what holds a process back.
    await sleep(300);
    child.disconnect();
    expect(await ended).toEqual([null, "SIGKILL"]);
  });

  test("is one that may take long for the deadline that its run has", async () => {
    let orders = 0;
    const counting: typeof renderer = {
      render: async (...given) => {
        orders += 1;
        return renderer.render(...given);
      },
    };
    const pipeline = createPipeline({
      storage,
      isolation: { renderer: counting, aboveMs: 60_000 },
    });
    const request = pipeline.parse(work(small));
    for (const timeoutMs of [undefined, 300_000, 1]) await pipeline.run(request, { timeoutMs });
    expect(orders).toBe(1);
  });

  test("several at once each have a process of their own", async () => {
    const results = await Promise.all(
      Array.from({ length: 4 }, () => isolated.run(isolated.parse(work(small)))),
    );
    expect(new Set(results.map(({ variants }) => variants[0]?.sha256)).size).toBe(1);
  });
});
