import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";
import { createRuntime } from "@tintype/runtime";

import { write, type Terminal } from "../terminal.ts";

/** Scans again what came in without a verdict, and tells how many pictures have one now. */
export async function rescanCommand(
  { json = false }: { readonly json?: boolean },
  settings: Settings,
  { stdout, signal }: Terminal,
): Promise<void> {
  if (!settings.virusScan.enabled) throw noScanner();
  const runtime = await createRuntime(settings);
  try {
    const settled = await (await runtime.assets()).scanAgain({ signal });
    const text = json ? JSON.stringify({ settled }, null, 2) : `${settled} settled`;
    await write(stdout, `${text}\n`);
  } finally {
    await runtime.close();
  }
}

function noScanner(): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "config.missing",
    message: "Nothing scans here: set VIRUS_SCAN_ENABLED, and where clamd listens.",
  });
}
