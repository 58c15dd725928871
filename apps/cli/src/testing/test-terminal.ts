import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";

import { sharp } from "@tintype/image-core";
import { onTestFinished } from "vitest";

import { run } from "../run.ts";

/** What a command line did. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as it was written. */
  readonly bytes: Buffer;
}

/** What a test may give a command line besides its words. */
export interface RunOptions {
  readonly stdin?: Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isInteractive?: boolean;
  readonly signal?: AbortSignal;
  readonly stdout?: Writable;
}

/** Runs a command line with streams of its own. */
export async function tintype(words: readonly string[], given: RunOptions = {}): Promise<Ran> {
  const [out, err] = [gather(), gather()];
  // As the progress bar asks for.
  Object.assign(err.stream, { isTTY: given.isInteractive ?? false });
  const exitCode = await run(words, given.environment ?? {}, {
    stdin: Readable.from([given.stdin ?? Buffer.alloc(0)]),
    stdout: given.stdout ?? out.stream,
    stderr: err.stream,
    isInteractive: given.isInteractive ?? false,
    ...(given.signal && { signal: given.signal }),
  });
  const bytes = Buffer.concat(out.chunks);
  return {
    exitCode,
    stdout: bytes.toString(),
    stderr: Buffer.concat(err.chunks).toString(),
    bytes,
  };
}

/** A stream and what was written to it. */
export function gather() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { chunks, stream };
}

/** A folder for the length of a test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A PNG with transparent edges. */
export async function samplePng(width = 48, height = 32): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="50%" cy="50%" r="10" fill="#d8432f"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
