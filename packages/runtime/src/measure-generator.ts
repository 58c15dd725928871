import { isTintypeError } from "@tintype/errors";
import type { ImageGenerator } from "@tintype/generators";
import type { Metrics } from "@tintype/telemetry";

type Counts = Pick<Metrics, "picturesGenerated" | "pictureNotGenerated">;

/**
 * A generator whose pictures are counted, and those that it owes by the reason: once for each request, whether a service
 * was asked several times, a cache had it, or the budget was used up.
 */
export function measureGenerator(generator: ImageGenerator, metrics: Counts): ImageGenerator {
  return {
    ...generator,
    async generate(request, call) {
      const { images, failures } = await countFailure(generator.generate(request, call), metrics);
      metrics.picturesGenerated(images.length);
      for (const { code } of failures) metrics.pictureNotGenerated(code);
      return { images, failures };
    },
  };
}

/** Waits for what a picture needs, and counts a failure by its reason. */
export async function countFailure<Value>(needed: Promise<Value>, metrics: Counts): Promise<Value> {
  try {
    return await needed;
  } catch (error) {
    metrics.pictureNotGenerated(isTintypeError(error) ? error.code : "aborted");
    throw error;
  }
}
