import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { onTestFinished } from "vitest";

import type { PictureFile } from "./cut-outs.ts";

/** What a command left behind. */
export interface Ran {
  readonly stdout: string;
  /** The files in `out`. */
  readonly files: readonly string[];
}

const cli = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url));

/** Runs what somebody would paste into a shell, where the picture lies and `tintype` is known; throws unless it exits with 0. */
export async function runCommand(
  command: string,
  { name, buffer }: PictureFile,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), "tintype-shell-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), buffer);
  const tintype = `exec '${process.execPath}' --conditions=@tintype/source '${cli}' "$@"`;
  await writeFile(join(folder, "tintype"), `#!/bin/sh\n${tintype}\n`, { mode: 0o755 });
  const { stdout } = await promisify(execFile)("sh", ["-c", command], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env["PATH"]}`, ...environment },
  });
  return { stdout, files: await readdir(join(folder, "out")).catch(() => []) };
}
