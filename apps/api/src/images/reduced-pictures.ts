import { removeBackground, type StepCall } from "@tintype/image-core";
import type { Pipeline, Source } from "@tintype/pipeline";

import { createRecentFiles } from "./recent-files.ts";

/** A picture to try steps on. */
interface TriedPicture {
  readonly sha256: string;
  readonly source: Source;
  /** The box that its first frame is brought into, in px. */
  readonly maxSide: number;
}

/** Gives a reduced picture, as a file that decodes fast, and the steps that are still to be run on it. */
export type ReducePicture = (
  picture: TriedPicture,
  steps: readonly StepCall[],
  signal: AbortSignal,
) => Promise<{ readonly source: Source; readonly steps: readonly StepCall[] }>;

const most = 64 * 1024 * 1024;

/**
 * Reduces pictures, and remembers the last ones, with their background removed too: whoever tries out a recipe asks for
 * the same one many times, and changes the later steps.
 */
export function createReducedPictures(pipeline: Pipeline): ReducePicture {
  const recent = createRecentFiles(most);
  const render = async (source: object, steps: readonly StepCall[], signal: AbortSignal) => {
    const output = { format: "png", compressionLevel: 1, profile: "fast" };
    const request = pipeline.parse({ source, steps, variants: [{ name: "reduced", output }] });
    const { files } = await pipeline.render(request, { signal });
    // One variant was asked for.
    return (files[0] as (typeof files)[number]).file.data;
  };
  return async ({ sha256, source, maxSide }, steps, signal) => {
    const name = `${sha256} ${maxSide}`;
    const box = { step: "resize", width: maxSide, height: maxSide };
    const reduced = await recent(name, () => render({ ...source, animated: false }, [box], signal));
    const begun = costlySteps(steps);
    if (begun.length === 0) return { source: { kind: "bytes", data: reduced }, steps };
    const data = await recent(`${name} ${JSON.stringify(begun)}`, () =>
      render({ kind: "bytes", data: reduced }, begun, signal),
    );
    return { source: { kind: "bytes", data }, steps: steps.slice(begun.length) };
  };
}

/** The steps up to the last that takes long; none where one refers to another picture, which may not stay as it is. */
function costlySteps(steps: readonly StepCall[]): readonly StepCall[] {
  const last = steps.findLastIndex(({ step }) => step === removeBackground.name);
  const begun = steps.slice(0, last + 1);
  return begun.some((options) => "image" in options) ? [] : begun;
}
