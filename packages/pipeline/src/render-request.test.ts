import { probe } from "@tintype/exporters";
import { createMemoryStorage, parseKey } from "@tintype/storage";
import { expect, test } from "vitest";

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
