import { isTintypeError, type TintypeError } from "@tintype/errors";

import type { GeneratedImage, Generation } from "./image-generator.ts";

/**
 * Makes several pictures side by side, one a call: gives those that succeeded and says why others did not. Rejects with
 * the first failure when none succeeds, and with any failure that nobody named; an abort passes through.
 */
export async function generateEach(
  count: number,
  generateOne: (index: number) => Promise<GeneratedImage>,
  signal?: AbortSignal,
): Promise<Generation> {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const settled = await Promise.allSettled(indexes.map(generateOne));
  signal?.throwIfAborted();
  const images = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const reasons = settled.flatMap((one) =>
    one.status === "rejected" ? [one.reason as unknown] : [],
  );
  const unnamed = reasons.find((reason) => !isTintypeError(reason));
  if (unnamed !== undefined) throw unnamed;
  const failures = reasons as readonly TintypeError[];
  if (images.length === 0 && failures[0]) throw failures[0];
  return { images, failures };
}
