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
  const isContent = await contentTest(pixels, rule);
  const { width, height } = pixels;
  const turn = createTurns(width);

  let top = 0;
  while (top < height && !rowHasContent(top, 0, width)) {
    top += 1;
    await turn();
  }
  if (top === height) return undefined;
  let bottom = height - 1;
  while (!rowHasContent(bottom, 0, width)) {
    bottom -= 1;
    await turn();
  }
  let left = width;
  let right = -1;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = 0; x < left; x += 1) if (isContent(y * width + x)) left = x;
    for (let x = width - 1; x > right; x -= 1) if (isContent(y * width + x)) right = x;
    await turn();
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };

  function rowHasContent(y: number, from: number, to: number): boolean {
    for (let index = y * width + from; index < y * width + to; index += 1) {
      if (isContent(index)) return true;
    }
    return false;
  }
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

type ContentTest = (pixelIndex: number) => boolean;

async function contentTest(pixels: Pixels, rule: ContentRule): Promise<ContentTest> {
  const { data, channels } = pixels;
  const { threshold } = rule;
  if (channels === 4 && (await hasTransparency(pixels))) {
    return (index) => (data[index * 4 + 3] as number) > threshold;
  }
  const [red, green, blue] = rule.background
    ? Object.values(parseColor(rule.background))
    : cornerColor(pixels, threshold);
  return (index) => {
    const at = index * channels;
    return (
      Math.abs((data[at] as number) - (red as number)) > threshold ||
      Math.abs((data[at + 1] as number) - (green as number)) > threshold ||
      Math.abs((data[at + 2] as number) - (blue as number)) > threshold
    );
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
