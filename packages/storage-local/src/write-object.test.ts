import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { parseKey } from "@tintype/storage";
import { expect, onTestFinished, test } from "vitest";

import { createLocalStorage, sweepTemporaryFiles } from "./index.ts";

// Overwrites one key for ever; every byte of a body, and its metadata, are the body's number.
const writer = `
  import { createLocalStorage } from ${JSON.stringify(new URL("index.ts", import.meta.url).href)};
  import { parseKey } from ${JSON.stringify(import.meta.resolve("@tintype/storage"))};
  const storage = createLocalStorage({ root: process.argv[1] });
  for (let n = Number(process.argv[2]); ; n = (n + 1) % 256) {
    const chunks = Array.from({ length: 50 }, () => new Uint8Array(10_000).fill(n));
    await storage.put(parseKey("a.png"), ReadableStream.from(chunks), { metadata: { n: String(n) } });
    process.stdout.write(".");
  }
`;

test("a writer that is killed at any moment leaves one whole object with its own attributes", async () => {
  const root = await mkdtemp(join(tmpdir(), "tintype-crash-"));
  onTestFinished(async () => rm(root, { recursive: true }));
  const storage = createLocalStorage({ root });

  for (let kill = 0; kill < 6; kill += 1) {
    await killWriter(root, kill * 40);
    const { info, body } = await storage.get(parseKey("a.png"));
    expect(info.bytes).toBe(500_000);
    const n = Number(info.metadata["n"]);
    for await (const chunk of body) expect(chunk.every((byte) => byte === n)).toBe(true);
  }

  await sweepTemporaryFiles({ root, olderThanMs: 0 });
  const { etag } = (await storage.head(parseKey("a.png"))) ?? {};
  const files = await readdir(root, { recursive: true });
  expect(files.toSorted()).toEqual([".tintype", `.tintype/a.png.${etag}.json`, "a.png"]);
});

async function killWriter(root: string, first: number): Promise<void> {
  const arguments_ = ["--conditions=@tintype/source", "--input-type=module", "-e", writer, root];
  const child = spawn(process.execPath, [...arguments_, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  await once(child.stdout, "data");
  await wait(Math.random() * 30);
  child.kill("SIGKILL");
  expect(await exit).toEqual([null, "SIGKILL"]);
}
