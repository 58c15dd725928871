import type { AssetLibrary } from "@tintype/assets";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";

/** The kind of jobs that scan again what came in without a verdict; what is infected goes. */
export function rescanJob(assets: () => Promise<AssetLibrary>): JobKind {
  return defineJobKind({
    name: "rescan",
    summary: "Scan pictures again that came in without a verdict.",
    input: z.strictObject({}),
    examples: [{}],
    run: async (_input, { signal }) => ({
      settled: await (await assets()).scanAgain({ signal }),
    }),
  });
}
