import type { AssetLibrary } from "@tintype/assets";
import type { Database } from "@tintype/database";
import type { Storage } from "@tintype/storage";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";
import { forgetLostPictures } from "./kept-picture.ts";

/** What is swept. */
export interface SweepJobServices {
  readonly assets: () => Promise<AssetLibrary>;
  readonly storage: Storage;
  readonly database: () => Promise<Database>;
}

/** The kind of jobs that remove what crashes left: files and bytes without a record, and pictures that came with no job. */
export function sweepJob({ assets, storage, database }: SweepJobServices): JobKind {
  return defineJobKind({
    name: "sweep",
    summary: "Remove what crashes left, as soon as nobody can be at work on it.",
    input: z.strictObject({}),
    examples: [{}],
    async run(_input, { signal }) {
      const { queries } = await database();
      const inputs = await forgetLostPictures(storage, queries, signal);
      return { ...(await (await assets()).sweep()), inputs };
    },
  });
}
