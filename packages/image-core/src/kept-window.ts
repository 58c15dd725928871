import { imageFromPixels, readPixels, type Image } from "./image.ts";
import { lumaAt } from "./recolored.ts";

/** What a part of a picture is judged by. */
export type Interest = "attention" | "entropy" | "alpha";

/** The columns, or rows, of a reduced picture, each as what is needed to judge a window of them. */
type Slices = readonly (readonly number[])[];

/** The longest side at which a picture is judged: enough to see what matters in it, and quick. */
const judgedSide = 256;

/**
 * The share of free space, 0 to 1, that lies before the most interesting window along an axis, over all frames.
 * `part` is the window's length as a share of the whole.
 */
export async function mostInteresting(
  frames: readonly Image[],
  axis: "x" | "y",
  part: number,
  interest: Interest,
): Promise<number> {
  const judged = await Promise.all(frames.map((frame) => slicesOf(frame, axis, interest)));
  const length = judged[0]?.length ?? 0;
  const window = Math.min(length, Math.max(1, Math.round(length * part)));
  if (length === window) return 0.5;
  const score = interest === "entropy" ? entropyOf : weightIn;
  const scores = Array.from({ length: length - window + 1 }, (_, start) =>
    judged.reduce((sum, slices) => sum + score(slices.slice(start, start + window)), 0),
  );
  return middleOfBest(scores) / (length - window);
}

/** Where equal scores form a plateau, its middle; a picture without anything of interest is cut in the middle. */
function middleOfBest(scores: readonly number[]): number {
  const best = Math.max(...scores);
  const near = scores.flatMap((score, index) =>
    score >= best - Math.abs(best) * 1e-9 ? index : [],
  );
  return near[Math.floor((near.length - 1) / 2)] as number;
}

/** The interest in a window; what lies in its middle counts twice what lies at its ends, so that it is centered. */
function weightIn(window: Slices): number {
  const middle = (window.length - 1) / 2;
  return window.reduce((sum, [interest = 0], index) => {
    const away = middle === 0 ? 0 : Math.abs(index - middle) / middle;
    return sum + interest * (1 - away / 2);
  }, 0);
}

/** Shannon's entropy of the window's histogram, in bits. */
function entropyOf(window: Slices): number {
  const bins = window[0]?.map((_, bin) =>
    window.reduce((sum, slice) => sum + (slice[bin] ?? 0), 0),
  );
  const total = bins?.reduce((sum, count) => sum + count, 0) ?? 0;
  return (bins ?? []).reduce((bits, count) => {
    const share = count / total;
    return count === 0 ? bits : bits - share * Math.log2(share);
  }, 0);
}

async function slicesOf(image: Image, axis: "x" | "y", interest: Interest): Promise<Slices> {
  const { data, width, height } = await readPixels(
    imageFromPixels(await image.pixels())
      .open()
      .ensureAlpha()
      .resize({ width: judgedSide, height: judgedSide, fit: "inside", withoutEnlargement: true }),
  );
  const [length, across] = axis === "x" ? [width, height] : [height, width];
  return Array.from({ length }, (_, along) => {
    const slice = interest === "entropy" ? Array<number>(32).fill(0) : [0];
    for (let other = 0; other < across; other += 1) {
      const [x, y] = axis === "x" ? [along, other] : [other, along];
      const at = (y * width + x) * 4;
      const alpha = (data[at + 3] as number) / 255;
      if (interest === "alpha") slice[0] = (slice[0] as number) + alpha;
      else if (interest === "attention") {
        slice[0] = (slice[0] as number) + attentionAt(data, at, x, y, width, height) * alpha;
      } else {
        const bin = Math.floor(lumaAt(data, at) / 8);
        slice[bin] = (slice[bin] as number) + alpha;
      }
    }
    return slice;
  });
}

/** Edges, strong colors and skin draw the eye; after smartcrop.js, with its proportions. */
function attentionAt(
  data: Buffer,
  at: number,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  const here = lumaAt(data, at);
  const around = [
    x > 0 ? at - 4 : at,
    x < width - 1 ? at + 4 : at,
    y > 0 ? at - width * 4 : at,
    y < height - 1 ? at + width * 4 : at,
  ];
  const edge = Math.abs(4 * here - around.reduce((sum, each) => sum + lumaAt(data, each), 0)) / 255;
  const [red, green, blue] = [data[at], data[at + 1], data[at + 2]] as [number, number, number];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const saturation = most === 0 || here < 13 || here > 230 ? 0 : (most - least) / most;
  const length = Math.hypot(red, green, blue) || 1;
  const fromSkin = Math.hypot(red / length - 0.78, green / length - 0.57, blue / length - 0.44);
  const skin = here > 51 && here < 242 ? Math.max(0, 1 - fromSkin * 5) : 0;
  return edge * 2 + Math.max(0, saturation - 0.4) * 0.5 + skin * 0.9;
}
