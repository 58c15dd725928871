import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { parseKey } from "@tintype/storage";
import { expect, test } from "vitest";

import { bytesOf, testApp } from "../testing/test-app.ts";

const maxBytes = 1_000_000;
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="30"/></svg>';

/** Bytes of all files below a folder. */
function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

// Some minutes of work: too long for every run.
test("10,000 distinct widths leave the disk under its cap", { timeout: 600_000 }, async () => {
  const { runtime, request } = await testApp({
    IMG_UNSIGNED: "true",
    RESULT_CACHE_SIZE: String(maxBytes),
  });
  await runtime.storage.put(parseKey("a.svg"), new TextEncoder().encode(svg));
  const png = await bytesOf(await request("/img/_/plain/local:///a.svg@png"));
  await runtime.storage.put(parseKey("a.png"), png);
  const cache = join(runtime.settings.storage.dataDir, "files/cache");
  for (let width = 1; width <= 10_000; width += 100) {
    const widths = Array.from({ length: 100 }, (_, index) => width + index);
    const answers = await Promise.all(
      widths.map(async (each) => request(`/img/_/w:${each}/plain/local:///a.png@jpg`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(bytesBelow(cache)).toBeLessThanOrEqual(maxBytes);
  }
  expect(runtime.images.cache?.state().misses).toBe(10_001);
  expect(runtime.images.cache?.state().evictions).toBeGreaterThan(1000);
});
