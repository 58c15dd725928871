import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { loadSettings, type Environment } from "@tintype/config";
import { parsePrefix } from "@tintype/storage";
import { expect, onTestFinished } from "vitest";

import { createRuntime, type Runtime } from "../create-runtime.ts";

const script = fileURLToPath(new URL("uploading-process.ts", import.meta.url));

/** Kills uploads so often, each time at a random moment, and looks each time at what is left; gives the number of finished uploads. */
export async function killLoop(times: number, environment: Environment = {}): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "tintype-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = loadSettings({ DATA_DIR: folder, ...environment });
  const said = { kept: new Set<string>(), deleting: new Set<string>() };
  for (let time = 0; time < times; time += 1) {
    // Every second time among the first uploads, and in between when at least one is finished.
    const from = time % 2 === 0 ? "kept" : "ready";
    await uploadUntilKilled({ DATA_DIR: folder, ...environment }, said, from);
    const runtime = await createRuntime(settings);
    try {
      await expectWhole(runtime, said, folder);
    } finally {
      await runtime.close();
    }
  }
  return said.kept.size;
}

interface Said {
  readonly kept: Set<string>;
  readonly deleting: Set<string>;
}

async function uploadUntilKilled(
  environment: Environment,
  said: Said,
  from: "kept" | "ready",
): Promise<void> {
  const child = spawn(process.execPath, ["--conditions=@tintype/source", script], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  for await (const line of createInterface(child.stdout)) {
    const [word, id = ""] = line.split(" ");
    if (word === from) void sleep(Math.random() * 400).then(() => child.kill("SIGKILL"));
    if (word === "kept") said.kept.add(id);
    if (word === "deleting") said.deleting.add(id);
  }
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
}

/** Every finished upload is there with all its bytes, and after a clean-up nothing else is. */
async function expectWhole(runtime: Runtime, said: Said, folder: string): Promise<void> {
  const [library, { queries }] = [await runtime.assets(), await runtime.database()];
  const rows = await queries
    .selectFrom("assets")
    .innerJoin("asset_versions as version", "version.asset_id", "assets.id")
    .innerJoin("blobs", "blobs.id", "version.blob_id")
    .select(["assets.id", "version.number", "blobs.sha256", "blobs.state"])
    .execute();
  const present = new Set(rows.map(({ id }) => id));
  const lost = [...said.kept].filter((id) => !present.has(id) && !said.deleting.has(id));
  expect(lost).toEqual([]);
  expect(rows.filter(({ state }) => state !== "stored")).toEqual([]);
  expect(rows).toHaveLength(2 * present.size);
  const seen = new Set<string>();
  for (const { id, number, sha256 } of rows) {
    if (seen.has(sha256)) continue;
    seen.add(sha256);
    const bytes = await (await library.open(await library.locate(id, number))).bytes();
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  }
  await library.cleanUp({ abandonedMs: 0, temporaryMs: 0 });
  const stored: string[] = [];
  for await (const { key } of runtime.storage.list({ prefix: parsePrefix("assets/") }))
    stored.push(key);
  const named = await queries.selectFrom("blobs").select("key").execute();
  expect(stored.toSorted()).toEqual(named.map(({ key }) => key).toSorted());
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(files.filter((name) => /\.(?:tmp|incoming)$/u.test(name))).toEqual([]);
}
