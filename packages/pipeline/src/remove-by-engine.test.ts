import { encode, png } from "@tintype/exporters";
import { createMemoryRemover, type BackgroundRemover } from "@tintype/generators";
import { readImage } from "@tintype/image-core";
import { paint, pixelAt } from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import { createIsolatedRenderer } from "./isolation/isolated-renderer.ts";
import { failureOf, testPipeline } from "./testing/test-pipeline.ts";

/** A dark square on a light ground. */
const { data } = await encode(
  paint(60, 40, 3, (x, y) => (x >= 20 && x < 40 && y >= 10 && y < 30 ? 30 : 230)),
  png(),
);
const work = (engine: string) => ({
  source: { kind: "bytes", data },
  steps: [{ step: "remove-background", engine }],
  variants: [{ name: "a", output: png() }],
});

const isolation = { renderer: createIsolatedRenderer(), aboveMs: -1 };

describe.each([
  ["here", {}],
  ["in a process of its own", { isolation }],
])("a background, %s,", (_where, services) => {
  const backgroundRemovers = { memory: createMemoryRemover() };

  test("is removed by the engine that the step names, and the result says by which", async () => {
    const { pipeline, storage } = testPipeline({ ...services, backgroundRemovers });
    const { steps, variants } = await pipeline.run(pipeline.parse(work("memory")));
    expect(steps[0]?.report).toMatchObject({ removed: true, engine: "memory" });
    const [file] = variants;
    if (!file) throw new Error("No file was made.");
    const pixels = await (await readImage(await (await storage.get(file.key)).bytes())).pixels();
    expect(pixelAt(pixels, 0, 0)[3]).toBe(0);
    expect(pixelAt(pixels, 30, 20)).toEqual([30, 30, 30, 255]);
  });

  test.each(["scissors", "constructor"])(
    "is not removed by the unknown engine %s",
    async (engine) => {
      const { pipeline } = testPipeline({ ...services, backgroundRemovers });
      expect(await failureOf(() => pipeline.run(pipeline.parse(work(engine))))).toMatchObject({
        kind: "invalid_input",
        code: "background.unknown_engine",
        details: { engine, engines: ["memory"] },
      });
    },
  );

  test("is not removed by a pipeline that has no engine", async () => {
    const { pipeline } = testPipeline(services);
    expect(await failureOf(() => pipeline.run(pipeline.parse(work("auto"))))).toMatchObject({
      code: "background.not_configured",
    });
  });

  test("is given up with the request that it is for", async () => {
    const asked = Promise.withResolvers<AbortSignal | undefined>();
    const slow: BackgroundRemover = {
      remove(_picture, _options, { signal } = {}) {
        asked.resolve(signal);
        return new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        });
      },
    };
    const { pipeline } = testPipeline({ ...services, backgroundRemovers: { slow } });
    const controller = new AbortController();
    const run = pipeline.run(pipeline.parse(work("slow")), { signal: controller.signal });
    const signal = await asked.promise;
    controller.abort(new Error("enough"));
    await expect(run).rejects.toThrow("enough");
    expect(signal?.aborted).toBe(true);
  });
});
