import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "@tintype/config";
import { sharp } from "@tintype/image-core";
import type { Logger } from "@tintype/telemetry";
import { expect, onTestFinished, test } from "vitest";

import { createRuntime } from "./create-runtime.ts";

/** A runtime over a folder of its own, and what it logged. */
async function loggingRuntime() {
  const folder = mkdtempSync(join(tmpdir(), "tintype-measure-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lines: (readonly [level: string, message: string, facts: object])[] = [];
  const log =
    (level: string) =>
    (facts: object, message: string): void =>
      void lines.push([level, message, facts]);
  const levels = ["debug", "info", "warn", "error"] as const;
  const logger = Object.fromEntries(levels.map((level) => [level, log(level)]));
  const runtime = await createRuntime(loadSettings({ DATA_DIR: folder }), {
    logger: logger as unknown as Logger,
  });
  return { ...runtime, lines };
}

async function request(data?: Uint8Array) {
  const create = { width: 40, height: 30, channels: 3, background: "#c81e1e" } as const;
  return {
    source: { kind: "bytes", data: data ?? (await sharp({ create }).png().toBuffer()) },
    steps: [{ step: "resize", width: 20 }, { step: "flip" }],
    variants: [{ name: "small", output: { format: "webp" } }],
  };
}

test("a picture that is processed is one line in the log, and counted", async () => {
  const { pipeline, metrics, lines } = await loggingRuntime();
  const result = await pipeline.run(pipeline.parse(await request()));
  expect(lines).toEqual([
    [
      "info",
      "Processed.",
      {
        tool: "resize+flip",
        source: "bytes",
        originalSize: [40, 30],
        originalBytes: result.source.bytes,
        ms: expect.any(Number),
        compressionRatio: result.compressionRatio,
        variants: ["small"],
      },
    ],
  ]);
  const text = await metrics.render();
  expect(text).toContain('images_processed_total{outcome="success"} 1');
  expect(text).toContain(`image_output_bytes_total{format="webp"} ${result.variants[0]?.bytes}`);
  expect(text).toContain('image_stage_duration_seconds_count{stage="export"} 1');
  expect(text).toContain("active_processing_count 0");
});

test("a picture that is not stored is told of like any other", async () => {
  const { pipeline, metrics, lines } = await loggingRuntime();
  await pipeline.render(pipeline.parse(await request()));
  expect(lines).toMatchObject([["info", "Processed.", { tool: "resize+flip" }]]);
  expect(await metrics.render()).toContain('images_processed_total{outcome="success"} 1');
});

test("a picture that is not is one line with its error's code, and counted", async () => {
  const { pipeline, metrics, lines } = await loggingRuntime();
  const run = pipeline.run(pipeline.parse(await request(Buffer.from("no picture"))));
  await expect(run).rejects.toMatchObject({ code: "image.unknown_type" });
  expect(lines).toMatchObject([["warn", "Not processed.", { code: "image.unknown_type" }]]);
  expect(await metrics.render()).toContain('images_processed_total{outcome="failure"} 1');
});

test("a picture whose client went away is no failure", async () => {
  const { pipeline, metrics, lines } = await loggingRuntime();
  const signal = AbortSignal.abort();
  const run = pipeline.run(pipeline.parse(await request()), { signal });
  await expect(run).rejects.toBe(signal.reason);
  expect(lines).toEqual([]);
  expect(await metrics.render()).not.toContain('outcome="failure"');
});
