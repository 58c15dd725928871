import type { SourceImage } from "@tintype/image-core";

import type { Stage } from "./pipeline-result.ts";

/** How work is done. */
export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** After how many ms the signal ends it at the latest: what may take long for that is done where it can be ended. */
  readonly timeoutMs?: number | undefined;
  /** Hears of each stage when it begins. */
  readonly onStage?: ((stage: Stage) => void) | undefined;
  /** SHA-256 of the source's bytes in hex, where the caller has made it already; files are named by it. */
  readonly sourceSha256?: string | undefined;
  /** The source, where the caller has opened it already with `pipeline.open`; not to be used any more afterwards. */
  readonly picture?: SourceImage | undefined;
  /**
   * Hands the source's bytes over, as `postMessage` does: their memory is given back as soon as the files are made, and
   * the caller's array is empty then. The garbage collector would come by later, and go through the whole heap for it.
   */
  readonly transfer?: boolean | undefined;
}
