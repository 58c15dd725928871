import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { sharp } from "@tintype/image-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { samplePng, testFolder, tintype } from "../testing/test-terminal.ts";

const main = fileURLToPath(new URL("../../../api/src/main.ts", import.meta.url));
const key = "4fd8b3b1c2a9e7d0-shop";

/** A service on this machine that wants a key. */
let service: { readonly url: string; stop(): Promise<void> };

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "tintype-far-"));
  const child = spawn(process.execPath, ["--conditions=@tintype/source", main], {
    env: {
      PATH: process.env["PATH"],
      PORT: "0",
      DATA_DIR: folder,
      LOG_LEVEL: "error",
      API_KEYS: `shop:read+process:${createHash("sha256").update(key).digest("hex")}`,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "close");
  let printed = "";
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const found = /listens on (\S+)/u.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  service = {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
});

afterAll(async () => service.stop());

/** A folder with two pictures and a file that is none. */
async function pictures() {
  const folder = testFolder();
  writeFileSync(join(folder, "a.png"), await samplePng());
  writeFileSync(join(folder, "b.png"), await samplePng(64, 48));
  writeFileSync(join(folder, "c.png"), "no picture");
  return folder;
}

test("local files are processed far away, and what was made comes back", async () => {
  const [folder, out] = [await pictures(), testFolder()];
  const files = ["a.png", "b.png"].map((name) => join(folder, name));
  const environment = { TINTYPE_API_KEY: key };
  const words = [
    "process",
    ...files,
    "--remote",
    service.url,
    "-s",
    "resize:width=20",
    "-f",
    "webp",
  ];
  const { exitCode, stdout } = await tintype([...words, "--out", out], { environment });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("20 × 15");
  expect(readdirSync(out).filter((name) => name.endsWith(".webp"))).toEqual(["a.webp", "b.webp"]);
  const made = await sharp(readFileSync(join(out, "b.webp"))).metadata();
  expect(made).toMatchObject({ format: "webp", width: 20, height: 15 });
  const list = await tintype(["jobs", "list", "--json"], {
    environment: { ...environment, TINTYPE_URL: service.url },
  });
  expect(JSON.parse(list.stdout)).toMatchObject({
    jobs: [{ state: "succeeded", project: "key shop" }, { state: "succeeded" }],
  });
});

test("a person sees a bar for each file", async () => {
  const [folder, out] = [await pictures(), testFolder()];
  const files = ["a.png", "b.png"].map((name) => join(folder, name));
  const words = ["process", ...files, "--remote", "--out", out];
  const environment = { TINTYPE_API_KEY: key, TINTYPE_URL: service.url };
  const { exitCode, stderr } = await tintype(words, { environment, isInteractive: true });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("of 2 files");
  expect(stderr).toContain("b.png");
});

test("a file that can't be processed fails alone, and each failure has its exit code", async () => {
  const [folder, out] = [await pictures(), testFolder()];
  const remote = ["--remote", service.url, "--out", out];
  const environment = { TINTYPE_API_KEY: key };
  const some = await tintype(["process", folder, ...remote], { environment });
  expect(some).toMatchObject({ exitCode: 4 });
  expect(some.stderr).toContain("image.unknown_type");
  expect(some.stderr).toContain("1 of 3 files failed");
  expect((await tintype(["process", join(folder, "a.png"), ...remote])).exitCode).toBe(7);
  const nobody = ["process", join(folder, "a.png"), "--remote", "http://127.0.0.1:9", "--out", out];
  expect(await tintype([...nobody])).toMatchObject({
    exitCode: 10,
    stderr: expect.stringContaining("cli.remote_unreachable") as string,
  });
  expect((await tintype(["process", folder, "--remote"])).exitCode).toBe(3);
}, 60_000);
