import type { Settings } from "@tintype/config";
import { diagnose } from "@tintype/runtime";

import { table, write, type Terminal } from "../terminal.ts";

const marks = { ok: "ok", off: "not set up", failed: "FAILED" } as const;

/** Shows what is set up and what is not; gives 0, or 1 when something that is set up does not work. */
export async function doctorCommand(
  { json }: { readonly json?: boolean },
  settings: Settings,
  { stdout }: Terminal,
): Promise<number> {
  const findings = await diagnose(settings);
  await write(
    stdout,
    json === true
      ? `${JSON.stringify(findings, null, 2)}\n`
      : table(findings.map(({ name, state, message }) => [name, marks[state], message])),
  );
  return findings.some(({ state }) => state === "failed") ? 1 : 0;
}
