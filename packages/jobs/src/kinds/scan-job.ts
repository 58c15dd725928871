import type { AssetLibrary } from "@tintype/assets";
import { TintypeError } from "@tintype/errors";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";

/** The kind of jobs that scan one picture of the library for malware; an infected one goes. */
export function scanJob(assets: () => Promise<AssetLibrary>): JobKind {
  return defineJobKind({
    name: "scan",
    summary: "Scan a picture of the library for malware; an infected one is removed.",
    input: z.strictObject({ asset: z.string().max(64).describe("The picture's id.") }),
    examples: [{ asset: "0198c1e8-7a44-7c33-9d6c-3f2b8d8a1e01" }],
    async run({ asset }, { signal }) {
      const found = await (await assets()).scan(asset, { signal });
      if (found.verdict === "unscanned") throw noVerdict(found.reason);
      return found;
    },
  });
}

function noVerdict(reason: string): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "scan.no_verdict",
    message: "The scanner gave no verdict.",
    details: { reason },
    // What is too large stays too large.
    retryable: reason !== "too_large",
  });
}
