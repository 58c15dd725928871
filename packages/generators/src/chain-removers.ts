import { isAbort, isTintypeError } from "@tintype/errors";

import type { BackgroundRemover } from "./background-remover.ts";
import { parseRemoval } from "./parse-removal.ts";

/**
 * A remover that asks several in order until one finds the object: the removal's `engine` says which one did, and its
 * report names those that failed before. What no remover could do anything about is thrown at once; when all fail, the
 * last one's failure is thrown.
 */
export function chainRemovers(
  removers: Readonly<Record<string, BackgroundRemover>>,
): BackgroundRemover {
  const links = Object.entries(removers);
  return {
    async remove(picture, options, call) {
      parseRemoval(picture, options);
      const failed: { readonly engine: string; readonly code: string }[] = [];
      for (const [engine, remover] of links) {
        try {
          const removal = await remover.remove(picture, options, call);
          if (failed.length === 0) return removal;
          return { ...removal, report: { ...removal.report, failedBefore: failed } };
        } catch (error) {
          if (isAbort(error, call?.signal) || !isTintypeError(error)) throw error;
          failed.push({ engine, code: error.code });
          if (failed.length === links.length) throw error;
        }
      }
      throw new RangeError("A chain needs at least one remover.");
    },
  };
}
