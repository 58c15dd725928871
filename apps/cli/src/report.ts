import type { PipelineResult } from "@tintype/pipeline";

import type { Destination } from "./destination.ts";
import { byteSize, table, write, type Terminal } from "./terminal.ts";

/** What became of one file. */
export interface Outcome {
  readonly file: string;
  readonly exitCode: number;
  readonly result?: PipelineResult;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Tells what became of a file: a line for each file made, warnings and failures on standard error. */
export async function reportOutcome(
  { file, result, error }: Outcome,
  { place }: Destination,
  { stdout, stderr }: Terminal,
): Promise<void> {
  if (error) return write(stderr, `${file}: ${error.message} (${error.code})\n`);
  const rows = (result?.variants ?? []).map((made) => [
    `${file} → ${place(made)}`,
    `${made.width} × ${made.height}`,
    byteSize(made.bytes),
  ]);
  const facts = Object.entries(result?.facts ?? {}).map(([name, value]) => [
    `${file}: ${name}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const warnings = (result?.warnings ?? []).map((warning) => `${file}: ${warning}\n`);
  await write(stdout, table(rows) + table(facts));
  return write(stderr, warnings.join(""));
}

/** Tells how many of several files failed. */
export async function reportTotal(
  outcomes: readonly Outcome[],
  { stderr }: Terminal,
): Promise<void> {
  const failed = outcomes.filter(({ error }) => error !== undefined).length;
  if (failed === 0 || outcomes.length === 1) return;
  await write(stderr, `${failed} of ${outcomes.length} files failed.\n`);
}
