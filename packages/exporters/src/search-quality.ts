import { TintypeError } from "@tintype/errors";
import { readImage, type Image, type Pixels } from "@tintype/image-core";

import type { AnyExporter } from "./any-exporter.ts";
import type { WrittenFile } from "./define-exporter.ts";
import { encodeOnce, type SharedOptions } from "./encode-once.ts";
import { flattened } from "./flattened.ts";
import { similarity } from "./similarity.ts";

/** The options of a format whose quality is looked for. */
export interface SearchOptions extends SharedOptions {
  readonly quality: number;
  readonly maxBytes?: number;
  readonly target?: number;
}

/** A file, and the quality that was found for it. */
export interface FoundFile {
  readonly file: WrittenFile;
  readonly quality: number;
  /** What the user should know although the search came to an end. */
  readonly warnings: readonly string[];
}

/**
 * Looks for a quality by bisection, with eight encodings at most: for `target`, the lowest that is as like the picture
 * as that; for `maxBytes` alone, the highest up to `quality` that fits. Where the two contradict each other, the bytes win.
 *
 * @throws TintypeError `output.too_many_bytes` when not even the lowest quality fits.
 */
export async function searchQuality(
  image: Image,
  exporter: AnyExporter,
  options: SearchOptions,
): Promise<FoundFile> {
  const { maxBytes = Infinity, target, background = "#ffffff" } = options;
  // Asked for once, also where they are only encoded again and again.
  const pixels = await image.pixels();
  const picture = target === undefined ? undefined : await flattened(pixels, background);
  let [low, high] = [1, target === undefined ? options.quality : 100];
  let quality = target === undefined ? high : middle(low, high);
  let found: Omit<FoundFile, "warnings"> | undefined;
  let unlike: Omit<FoundFile, "warnings"> | undefined;
  let smallest = Infinity;
  while (low <= high) {
    const file = await encodeOnce(image, exporter, { ...options, quality } as SharedOptions);
    smallest = Math.min(smallest, file.data.length);
    if (file.data.length > maxBytes) {
      high = quality - 1;
    } else if (picture && !(await isLike(picture, file, target as number, background))) {
      unlike = { file, quality };
      low = quality + 1;
    } else {
      found = { file, quality };
      if (picture) high = quality - 1;
      else low = quality + 1;
    }
    quality = middle(low, high);
  }
  if (found) return { ...found, warnings: [] };
  if (unlike)
    return {
      ...unlike,
      warnings: [`No quality that is allowed makes the file as like the picture as ${target}.`],
    };
  throw new TintypeError({
    kind: "unsupported",
    code: "output.too_many_bytes",
    message: `A ${exporter.name} file of this picture has at least ${smallest} bytes; ${maxBytes} were allowed. Resize it, or allow more.`,
    details: { format: exporter.name, smallest, maxBytes },
  });
}

function middle(low: number, high: number): number {
  return Math.floor((low + high) / 2);
}

/** Of an animation, the first frames are compared. */
async function isLike(
  picture: Pixels,
  { data }: WrittenFile,
  target: number,
  background: string,
): Promise<boolean> {
  const written = await (await readImage(data, unlimited, { animated: false })).pixels();
  return (await similarity(picture, await flattened(written, background))) >= target;
}

/** What was just written is as large as it may be. */
const unlimited = { maxBytes: Infinity, maxPixels: Number.MAX_SAFE_INTEGER, maxSide: Infinity };
