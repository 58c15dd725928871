import type { Settings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";

import { table, write, type Terminal } from "../terminal.ts";

const meanings = {
  assets: "temporary pictures",
  results: "results whose project keeps them for a time",
  outputs: "finished images that no record names",
  uploads: "upload addresses that nobody used",
  files: "files of uploads that were cut off",
  blobs: "bytes that a crash or a deletion left",
} as const;

/** Removes, or with `dryRun` only counts, what is not for good and old enough by the settings. */
export async function cleanupCommand(
  { dryRun = false, json = false }: { readonly dryRun?: boolean; readonly json?: boolean },
  settings: Settings,
  { stdout }: Terminal,
): Promise<void> {
  const runtime = await createRuntime(settings);
  try {
    const report = await (await runtime.assets()).cleanUp({ dryRun });
    if (json) return await write(stdout, `${JSON.stringify({ dryRun, ...report }, null, 2)}\n`);
    const rows = Object.entries(meanings).map(([name, meaning]) => [
      String(report[name as keyof typeof meanings]),
      meaning,
    ]);
    const title = dryRun ? "Would be removed:" : "Removed:";
    return await write(stdout, `${title}\n${table(rows)}`);
  } finally {
    await runtime.close();
  }
}
