import type { AssetLibrary } from "@tintype/assets";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";

const input = z.strictObject({
  dryRun: z.boolean().default(false).describe("Only tell what would go."),
});

/** The kind of jobs that remove what is not for good and old enough. */
export function cleanUpJob(assets: () => Promise<AssetLibrary>): JobKind {
  return defineJobKind({
    name: "cleanup",
    summary: "Remove temporary pictures, old results, and what a crash left.",
    input,
    examples: [{}, { dryRun: true }],
    run: async ({ dryRun }) => (await assets()).cleanUp({ dryRun }),
  });
}
