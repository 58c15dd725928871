import type { GeneratedImage, Generation } from "./image-generator.ts";
import { settleSome } from "./settle-some.ts";

/** Makes several pictures side by side, one a call, as a generator promises to. */
export async function generateEach(
  count: number,
  generateOne: (index: number) => Promise<GeneratedImage>,
  signal?: AbortSignal,
): Promise<Generation> {
  const { successes, failures } = await settleSome(count, generateOne, signal);
  return { images: successes, failures };
}
