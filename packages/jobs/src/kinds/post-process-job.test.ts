import { openTestDatabase, sqliteEngine } from "@tintype/database/testing";
import { encode } from "@tintype/exporters";
import { gradient } from "@tintype/image-core/testing";
import { createPipeline } from "@tintype/pipeline";
import { createMemoryStorage, parseKey } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { createEmbeddedDispatcher } from "../embedded/embedded-dispatcher.ts";
import { createJobQueue } from "../job-queue.ts";
import { postProcessJob } from "./post-process-job.ts";

const file = (await encode(gradient(48, 32, 3), { format: "png" })).data;

/** A queue of the older post-processor's jobs; its bucket and its web hold one picture. */
async function testQueue() {
  const [storage, bucket] = [createMemoryStorage(), createMemoryStorage()];
  await bucket.put(parseKey("in/original.png"), file);
  const fetch = async () => ({ bytes: file, url: "", mediaType: "image/png" });
  const pipeline = createPipeline({ storage, fetch, openBucket: async () => bucket });
  const queue = createJobQueue({
    database: await openTestDatabase(sqliteEngine),
    dispatcher: createEmbeddedDispatcher(),
    kinds: [postProcessJob({ pipeline, storage })],
  });
  const worker = queue.startWorker({ concurrency: 1 });
  onTestFinished(async () => worker.stop(0));
  const ended = async (input: object) => {
    const { job } = await queue.submit({ kind: "post-process", input });
    return queue.wait(job.id, 20_000);
  };
  return { queue, storage, ended };
}

test.each([
  ["dall-e", { sourceBuffer: file.toString("base64") }],
  ["sora", { sourceBuffer: file.toJSON() }],
  ["stable-diffusion", { sourcePath: "s3://pictures/in/original.png" }],
  ["dall-e", { sourceUrl: "https://example.com/original.png" }],
] as const)(
  "a job of %s tells of its variants as the older one did, from %o",
  async (tool, source) => {
    const { storage, ended } = await testQueue();
    const given = { id: "job-7", userId: "u1", metadata: { prompt: "a cup" } };
    const { state, result } = await ended({ ...given, tool, ...source });
    expect(state).toBe("succeeded");
    const { variants, ...told } = result as { variants: Record<string, unknown>[] };
    expect(variants.map(({ variant }) => variant)).toEqual(["normal", "high"]);
    expect(told).toMatchObject({
      jobId: "job-7",
      tool,
      userId: "u1",
      success: true,
      originalSize: file.length,
      compressedSizes: Object.fromEntries(variants.map(({ variant, size }) => [variant, size])),
      metadata: { prompt: "a cup" },
    });
    expect(told).toHaveProperty("compressionRatio", expect.any(Number));
    expect(told).toHaveProperty("processingTimeMs", expect.any(Number));
    for (const { key, size } of variants)
      expect(await storage.head(parseKey(String(key)))).toMatchObject({ bytes: size });
  },
);

test("a job that fails tells the class of its error", async () => {
  const { ended } = await testQueue();
  const noPicture = Buffer.from("no picture").toString("base64");
  const { state, error } = await ended({ tool: "sora", sourceBuffer: noPicture });
  expect([state, error?.kind, error?.code]).toEqual([
    "failed",
    "unsupported",
    "image.unknown_type",
  ]);
});

test.each([{}, { sourceUrl: "https://example.com/a.png", sourcePath: "s3://pictures/a.png" }])(
  "a job with the sources %j is refused",
  async (sources) => {
    const { queue } = await testQueue();
    const submitted = queue.submit({ kind: "post-process", input: { tool: "sora", ...sources } });
    await expect(submitted).rejects.toMatchObject({ code: "job.invalid" });
  },
);
