import { setTimeout as sleep } from "node:timers/promises";

import { probe } from "@tintype/exporters";
import { createMemoryStorage, parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { createAdmission } from "./admission.ts";
import { samplePng, testPipeline } from "./testing/test-pipeline.ts";

test("a request is rendered to files in memory, and nothing is stored", async () => {
  const { pipeline, storage } = testPipeline();
  const request = pipeline.parse({
    source: { kind: "bytes", data: await samplePng(40, 20) },
    steps: [{ step: "resize", width: 20 }],
    variants: [{ name: "small", output: { format: "webp" } }],
  });
  const { source, files, width, height } = await pipeline.render(request);
  expect({ width, height }).toEqual({ width: 20, height: 10 });
  expect(source).toMatchObject({ format: "png", width: 40, height: 20 });
  const [file] = files;
  expect(file).toMatchObject({ name: "small", file: { format: "webp", width: 20, height: 10 } });
  await expect(probe(file?.file.data ?? new Uint8Array())).resolves.toMatchObject({
    source: { format: "webp" },
  });
  for await (const { key } of storage.list()) expect.unreachable(`stored ${key}`);
});

test("a source is read as it is, whatever it holds", async () => {
  const storage = createMemoryStorage();
  const { pipeline } = testPipeline({ storage });
  await storage.put(parseKey("a.txt"), new TextEncoder().encode("text"));
  const bytes = await pipeline.read({ kind: "stored", key: "a.txt" });
  expect(new TextDecoder().decode(bytes)).toBe("text");
});

test("a stored source that waits to be read is told to have waited", async () => {
  const admission = createAdmission({ maxPictures: 1 });
  const { pipeline, storage } = testPipeline({ admission });
  await storage.put(parseKey("a.png"), await samplePng());
  const before = await Promise.all([admission.approach(), admission.approach()]);
  const request = pipeline.parse({
    source: { kind: "stored", key: "a.png" },
    variants: [{ name: "a", output: { format: "png" } }],
  });
  const rendering = pipeline.render(request);
  await sleep(60);
  for (const leave of before) leave();
  const { timings } = await rendering;
  expect(timings.wait).toBeGreaterThan(50);
});

test("a source that the caller has opened is not opened again", async () => {
  const { pipeline } = testPipeline();
  const request = (data: Uint8Array) =>
    pipeline.parse({
      source: { kind: "bytes", data },
      steps: [{ step: "resize", width: 20 }],
      variants: [{ name: "small", output: { format: "png" } }],
    });
  const bytes = await samplePng(40, 20);
  const [expected] = (await pipeline.render(request(bytes))).files;
  const picture = await pipeline.open(bytes);
  // In the request's own bytes there is nothing to open.
  const { files, source } = await pipeline.render(request(new Uint8Array(8)), { picture });
  expect(files[0]?.file.data).toEqual(expected?.file.data);
  expect(source).toEqual(picture.source);
});

function small(data: Uint8Array): object {
  return {
    source: { kind: "bytes", data },
    variants: [{ name: "small", output: { format: "png" } }],
  };
}

describe("the bytes of a source", () => {
  test("stay the caller's", async () => {
    const { pipeline } = testPipeline();
    const bytes = await samplePng();
    const { length } = bytes;
    await pipeline.render(pipeline.parse(small(bytes)));
    expect(bytes).toHaveLength(length);
  });

  test("are given back when they were handed over, after success alone", async () => {
    const { pipeline } = testPipeline();
    const [bytes, damaged] = [Uint8Array.from(await samplePng()), new Uint8Array(100)];
    await pipeline.run(pipeline.parse(small(bytes)), { transfer: true });
    expect(bytes).toHaveLength(0);
    await expect(
      pipeline.run(pipeline.parse(small(damaged)), { transfer: true }),
    ).rejects.toMatchObject({ code: "image.unknown_type" });
    expect(damaged).toHaveLength(100);
  });
});
