import type { Pipeline, Source } from "@tintype/pipeline";

/** Gives a picture's first frame in a box of so many px, as a file that decodes fast. */
export type ReducePicture = (
  sha256: string,
  source: Source,
  maxSide: number,
  signal: AbortSignal,
) => Promise<Uint8Array>;

/** Reduces pictures, and remembers the last ones: whoever tries out a recipe asks for the same one many times. */
export function createReducedPictures(pipeline: Pipeline, maxPictures = 24): ReducePicture {
  const kept = new Map<string, Uint8Array>();
  return async (sha256, source, maxSide, signal) => {
    const name = `${sha256} ${maxSide}`;
    const bytes = kept.get(name) ?? (await reduce(pipeline, source, maxSide, signal));
    // Set again, it is the newest: a map lists what was set first.
    kept.delete(name);
    kept.set(name, bytes);
    for (const oldest of kept.keys()) {
      if (kept.size <= maxPictures) break;
      kept.delete(oldest);
    }
    return bytes;
  };
}

async function reduce(
  pipeline: Pipeline,
  source: Source,
  maxSide: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const request = pipeline.parse({
    source: { ...source, animated: false },
    steps: [{ step: "resize", width: maxSide, height: maxSide }],
    variants: [
      { name: "reduced", output: { format: "png", compressionLevel: 1, profile: "fast" } },
    ],
  });
  const { files } = await pipeline.render(request, { signal });
  // One variant was asked for.
  return (files[0] as (typeof files)[number]).file.data;
}
