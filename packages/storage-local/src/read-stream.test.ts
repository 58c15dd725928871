import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect, onTestFinished, test } from "vitest";

const reader = `
  import { readdir, readlink } from "node:fs/promises";
  import { setTimeout as wait } from "node:timers/promises";
  import { createLocalStorage } from ${JSON.stringify(new URL("index.ts", import.meta.url).href)};
  import { parseKey } from ${JSON.stringify(import.meta.resolve("@tintype/storage"))};
  const storage = createLocalStorage({ root: process.argv[1] });
  const key = parseKey("a.png");
  await storage.put(key, new Uint8Array(1_000_000));
  const isOpen = async () => {
    const links = (await readdir("/proc/self/fd")).map((fd) => readlink("/proc/self/fd/" + fd).catch(() => ""));
    return (await Promise.all(links)).some((path) => path.endsWith("/a.png"));
  };
  const look = async () => (await storage.get(key)).info.bytes;
  process.stdout.write((await look()) + " " + (await isOpen()));
  while (await isOpen()) {
    gc();
    await wait(5);
  }
  process.stdout.write(" closed");
`;

test.runIf(process.platform === "linux")(
  "closes the file of a body that its reader forgot, and does not end the process",
  async () => {
    const root = await mkdtemp(join(tmpdir(), "tintype-forgotten-"));
    onTestFinished(async () => rm(root, { recursive: true }));
    const flags = ["--expose-gc", "--conditions=@tintype/source", "--input-type=module"];
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [...flags, "-e", reader, root]);
    expect(stdout).toBe("1000000 true closed");
  },
);
