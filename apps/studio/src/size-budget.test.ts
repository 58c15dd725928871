import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";

const most = 200_000;

test("all scripts together take less than 200 kB compressed, and name no other host", async () => {
  const built = await build({
    root: fileURLToPath(new URL("..", import.meta.url)),
    logLevel: "error",
    build: { write: false },
  });
  const files = [built].flat().flatMap((one) => (one as Rolldown.RolldownOutput).output);
  const scripts = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
  expect(scripts.length).toBeGreaterThan(1);
  const bytes = scripts.reduce((sum, code) => sum + gzipSync(code).length, 0);
  expect(bytes).toBeLessThan(most);
  const hosts = scripts.flatMap((code) => code.match(/https?:\/\/[\w.-]+/gu) ?? []);
  // Names of XML, which nobody asks for.
  expect(hosts.filter((host) => host !== "http://www.w3.org")).toEqual([]);
});
