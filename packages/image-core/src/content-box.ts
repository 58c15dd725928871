import type { Pixels } from "./image.ts";
import { parseColor, type Box } from "./options.ts";
import { createTurns } from "./turns.ts";

/** How content is told from its surroundings. */
export interface ContentRule {
  /** 0 to 255: a pixel is content when its alpha, or its difference from the background, is above this. */
  readonly threshold: number;
  /** The background of a picture without transparency; the color of its corners when left out. */
  readonly background?: string | undefined;
}

/**
 * The smallest box that holds all content, or undefined when there is none.
 *
 * Where any pixel is transparent, content is what has alpha above the threshold. Elsewhere content is what differs in
 * any channel by more than the threshold from the background: the color that most corners show.
 */
export async function contentBox(pixels: Pixels, rule: ContentRule): Promise<Box | undefined> {
  const seek = await contentSeeker(pixels, rule);
  const { width, height } = pixels;
  const turn = createTurns(width);
  const isEmpty = (y: number) => seek(y * width, (y + 1) * width, 1) === undefined;

  let top = 0;
  while (top < height && isEmpty(top)) {
    top += 1;
    await turn();
  }
  if (top === height) return undefined;
  let bottom = height - 1;
  while (isEmpty(bottom)) {
    bottom -= 1;
    await turn();
  }
  let left = width;
  let right = -1;
  for (let y = top; y <= bottom; y += 1) {
    const row = y * width;
    left = (seek(row, row + left, 1) ?? row + left) - row;
    right = (seek(row + width - 1, row + right, -1) ?? row + right) - row;
    await turn();
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The smallest box that holds the content of all pictures of one size; undefined when there is none. */
export async function commonContentBox(
  pictures: readonly Pixels[],
  rule: ContentRule,
): Promise<Box | undefined> {
  let common: Box | undefined;
  for (const picture of pictures) {
    const box = await contentBox(picture, rule);
    common = common && box ? union(common, box) : (common ?? box);
  }
  return common;
}

function union(a: Box, b: Box): Box {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  const right = Math.max(a.left + a.width, b.left + b.width);
  const bottom = Math.max(a.top + a.height, b.top + b.height);
  return { left, top, width: right - left, height: bottom - top };
}

/** The first pixel with content from the index `from` on, in steps of `by`, before `to`. */
type ContentSeeker = (from: number, to: number, by: 1 | -1) => number | undefined;

async function contentSeeker(pixels: Pixels, rule: ContentRule): Promise<ContentSeeker> {
  const { data, channels } = pixels;
  const { threshold } = rule;
  if (channels === 4 && (await hasTransparency(pixels))) {
    return (from, to, by) => {
      for (let index = from; index !== to; index += by) {
        if ((data[index * 4 + 3] as number) > threshold) return index;
      }
      return undefined;
    };
  }
  const [red = 0, green = 0, blue = 0]: readonly number[] = rule.background
    ? Object.values(parseColor(rule.background))
    : cornerColor(pixels, threshold);
  return (from, to, by) => {
    for (let index = from; index !== to; index += by) {
      const at = index * channels;
      if (
        Math.abs((data[at] as number) - red) > threshold ||
        Math.abs((data[at + 1] as number) - green) > threshold ||
        Math.abs((data[at + 2] as number) - blue) > threshold
      ) {
        return index;
      }
    }
    return undefined;
  };
}

async function hasTransparency({ data, width, height }: Pixels): Promise<boolean> {
  const turn = createTurns(width);
  for (let y = 0; y < height; y += 1) {
    const end = (y + 1) * width * 4;
    for (let at = y * width * 4 + 3; at < end; at += 4) if (data[at] !== 255) return true;
    await turn();
  }
  return false;
}

/** The corner that the most corners resemble; the first in reading order among equals. */
function cornerColor({ data, width, height, channels }: Pixels, threshold: number): number[] {
  const corners = [0, width - 1, (height - 1) * width, height * width - 1].map((index) =>
    Array.from(data.subarray(index * channels, index * channels + 3)),
  );
  const alike = (a: number[], b: number[]) =>
    a.every((sample, channel) => Math.abs(sample - (b[channel] as number)) <= threshold);
  const votes = corners.map((corner) => corners.filter((other) => alike(corner, other)).length);
  return corners[votes.indexOf(Math.max(...votes))] as number[];
}
