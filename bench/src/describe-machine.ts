import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";

import sharp from "sharp";

import type { Machine } from "./report.ts";

/** The machine that this runs on, without its name. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    sharp: `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`,
  };
}

/** The revision of the checkout that is measured, with a mark where files differ from it. */
export function revisionOf(checkout: string): string {
  return execFileSync("git", ["describe", "--always", "--dirty", "--exclude", "*"], {
    cwd: checkout,
    encoding: "utf8",
  }).trim();
}
