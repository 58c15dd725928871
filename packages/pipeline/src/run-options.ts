import type { Stage } from "./pipeline-result.ts";

/** How work is done. */
export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears of each stage when it begins. */
  readonly onStage?: ((stage: Stage) => void) | undefined;
}
