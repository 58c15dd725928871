import type { TintypeError } from "@tintype/errors";
import { seedOf, settleSome } from "@tintype/generators";

import type { PipelineRequest } from "../pipeline-request.ts";

/** The variations that succeeded, at least one, and why others did not. */
export interface Variations<Result> {
  readonly results: readonly Result[];
  readonly failures: readonly TintypeError[];
}

/**
 * Runs a request that makes its picture as often as asked, side by side, each with a seed of its own: gives what
 * succeeded and says why the rest did not. Throws the first failure when none succeeds. `run` is a pipeline's `run` or
 * `render`.
 */
export async function runVariations<Result>(
  request: PipelineRequest,
  count: number,
  run: (variation: PipelineRequest) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Variations<Result>> {
  const { successes, failures } = await settleSome(
    count,
    (index) => run(variationOf(request, index)),
    signal,
  );
  return { results: successes, failures };
}

/** The first is the request itself; those after it have the next seeds, and names that tell them apart. */
function variationOf(request: PipelineRequest, index: number): PipelineRequest {
  const { source, store } = request;
  if (index === 0 || source.kind !== "generate") return request;
  const name = `${store.name ?? "variation"}-${String(index + 1)}`;
  return {
    ...request,
    source: { ...source, ...(source.seed !== undefined && { seed: seedOf(source.seed, index) }) },
    // A folder made of hashes keeps them apart by itself.
    store: store.folder === undefined ? store : { ...store, name },
  };
}
