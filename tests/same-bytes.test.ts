import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "same-bytes-"));
// Not waiting in place: meanwhile the server may close connections, and who sleeps would use them again.
const run = promisify(execFile);
const node = [process.execPath, "--conditions=@tintype/source"] as const;
const pictures = [
  join(root, "examples/cutout.png"),
  join(root, "../shared/fixtures/car-1-cutout.png"),
].filter((path) => existsSync(path));

const server = spawn(node[0], [node[1], join(root, "apps/api/src/main.ts")], {
  env: { ...process.env, PORT: "0", DATA_DIR: join(folder, "data") },
  stdio: ["ignore", "pipe", "inherit"],
});
let url = "";

beforeAll(async () => {
  for await (const text of server.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    url = /listens on (\S+)/u.exec(String(text))?.[1] ?? "";
    if (url !== "") return;
  }
});

afterAll(async () => {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true });
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function byCommandLine(picture: string): Promise<Record<string, string>> {
  const out = join(folder, basename(picture, ".png"));
  const words = ["process", picture, "--preset", "product", "--out", out];
  await run(node[0], [node[1], join(root, "apps/cli/src/main.ts"), ...words]);
  const files = readdirSync(out).map((file) => {
    const variant = /-(\w+)\.\w+$/u.exec(file)?.[1] ?? file;
    return [variant, sha256(readFileSync(join(out, file)))];
  });
  return Object.fromEntries(files) as Record<string, string>;
}

async function byHttp(picture: string): Promise<Record<string, string>> {
  const body = new FormData();
  body.append("image", new Blob([readFileSync(picture)]), basename(picture));
  body.append("preset", "product");
  const answer = await fetch(`${url}/api/v1/process-image`, { method: "POST", body });
  const { variants } = (await answer.json()) as { variants: Record<string, { url: string }> };
  const files = Object.entries(variants).map(async ([name, file]) => {
    const bytes = await (await fetch(file.url)).arrayBuffer();
    return [name, sha256(new Uint8Array(bytes))];
  });
  return Object.fromEntries(await Promise.all(files)) as Record<string, string>;
}

async function byLibrary(picture: string): Promise<Record<string, string>> {
  const program = `
    import { readFile } from "node:fs/promises";
    import { createPipeline } from "@tintype/pipeline";
    import { createMemoryStorage } from "@tintype/storage";
    const pipeline = createPipeline({ storage: createMemoryStorage() });
    const data = await readFile(process.argv[1]);
    const { variants } = await pipeline.run(pipeline.parse({ source: { kind: "bytes", data }, preset: "product" }));
    console.log(JSON.stringify(Object.fromEntries(variants.map(({ name, sha256 }) => [name, sha256]))));`;
  const words = [node[1], "--input-type=module", "-e", program, picture];
  const { stdout } = await run(node[0], words, { cwd: join(root, "packages/runtime") });
  return JSON.parse(stdout) as Record<string, string>;
}

describe("one request gives the same bytes", () => {
  test.each(pictures)("by command line, by HTTP and by library: %s", async (picture) => {
    const files = await byCommandLine(picture);
    expect(Object.keys(files).toSorted()).toEqual(["detail", "grid", "processed"]);
    expect(await byHttp(picture)).toEqual(files);
    expect(await byLibrary(picture)).toEqual(files);
  });
});
