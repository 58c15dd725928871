import { randomFillSync } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "@tintype/config";
import { sharp } from "@tintype/image-core";
import { eicar } from "@tintype/scanner";
import { parsePrefix } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { createRuntime, type Runtime } from "./create-runtime.ts";

/** A service that scans uploads by the clamd that `tools/services` started, which reads at most 25 MB. */
async function scanningService(mode: string) {
  const port = process.env["TEST_CLAMD_PORT"];
  if (!port) throw new Error("There is no clamd: run this by npm run test:services.");
  const folder = mkdtempSync(join(tmpdir(), "tintype-scanned-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const runtime = await createRuntime(
    loadSettings({
      DATA_DIR: folder,
      VIRUS_SCAN_ENABLED: "true",
      VIRUS_SCAN_MODE: mode,
      CLAMD_PORT: port,
    }),
  );
  onTestFinished(async () => runtime.close());
  return { runtime, incoming: join(folder, "incoming") };
}

async function noise(width: number, height: number): Promise<Buffer> {
  const raw = { width, height, channels: 3 } as const;
  const pixels = randomFillSync(Buffer.alloc(width * height * 3));
  return sharp(pixels, { raw }).png({ compressionLevel: 0, adaptiveFiltering: false }).toBuffer();
}

async function keysOf({ storage }: Runtime): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list({ prefix: parsePrefix("") })) keys.push(key);
  return keys;
}

const small = await noise(40, 30);
const large = await noise(4000, 3400);

test("an infected picture is refused, and so in fail-secure is one that is too large to be scanned", async () => {
  const { runtime, incoming } = await scanningService("fail-secure");
  const library = await runtime.assets();
  await expect(library.ingest({}, Buffer.concat([small, eicar()]))).rejects.toMatchObject({
    kind: "forbidden",
    code: "scanner.infected",
  });
  expect(large.length).toBeGreaterThan(40_000_000);
  await expect(library.ingest({}, large)).rejects.toMatchObject({
    kind: "limit_exceeded",
    code: "scanner.unscanned",
    details: { reason: "too_large" },
  });
  expect([await keysOf(runtime), readdirSync(incoming)]).toEqual([[], []]);
  expect(await library.ingest({}, small)).toMatchObject({ scan: "clean" });
});

test("in fail-safe a picture that is too large to be scanned is kept from readers, also after another scan", async () => {
  const { runtime } = await scanningService("fail-safe");
  const library = await runtime.assets();
  const { id, scan } = await library.ingest({}, large);
  expect(scan).toBe("unscanned");
  expect(await library.scanAgain()).toBe(0);
  await expect(library.locate(id)).rejects.toMatchObject({ code: "asset.quarantined" });
});
