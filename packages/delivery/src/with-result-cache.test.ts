import { createPipeline, type RunOptions } from "@tintype/pipeline";
import { createMemoryStorage } from "@tintype/storage";
import { expect, test } from "vitest";

import { createResultCache } from "./cache/result-cache.ts";
import { noise } from "./testing/pictures.ts";
import { withResultCache } from "./with-result-cache.ts";

test("a run whose result is kept is told how it is to be done, and tells of its stages", async () => {
  const storage = createMemoryStorage();
  const cache = createResultCache({
    storage,
    prefix: "cache",
    maxBytes: 1e6,
    maxAgeMs: 60_000,
    engine: "1",
  });
  const pipeline = createPipeline({ storage });
  const heard: RunOptions[] = [];
  const listening: typeof pipeline = {
    ...pipeline,
    run: async (request, options = {}) => {
      heard.push(options);
      return pipeline.run(request, options);
    },
  };
  const cached = withResultCache(listening, { cache, storage, outputPrefix: "outputs" });
  const request = cached.parse({
    source: { kind: "bytes", data: await noise() },
    variants: [{ name: "a", output: { format: "png" } }],
  });
  const stages: string[] = [];
  const options = { timeoutMs: 1000, onStage: (stage: string) => stages.push(stage) };
  await cached.run(request, options);
  expect(heard).toMatchObject([{ timeoutMs: 1000 }]);
  expect(stages).toEqual(expect.arrayContaining(["read", "open", "steps", "store"]));
  await cached.run(request, options);
  expect(heard).toHaveLength(1);
});
