import type { FractionalBox } from "@tintype/generators";

import { outsideOf } from "./chroma.ts";
import { labelRegions, labelsAtRim } from "./flood.ts";
import { guessObject } from "./guess-object.ts";
import { matOf, withHandles, type OpenCv } from "./open-cv.ts";
import type { Plane, RgbPicture } from "./plane.ts";
import { reducePicture } from "./reduce-picture.ts";

/** GrabCut's own marks. */
const marks = { background: 0, object: 1, likelyBackground: 2, likelyObject: 3 } as const;

/** The first look need not be sharp, but below this it mistakes one thing for another. */
const searchPx = 600;

/** Room left around what was found before it is cut again, as a part of its size: the first look loses dark edges. */
const room = 0.15;

/** Parts of a given box, in ellipses about its middle: what is object for sure, and what is likely to be. */
const [coreShare, likelyShare] = [0.4, 0.95];

/**
 * The object as GrabCut tells it by colors and edges, 0 or 1, from a box or, without one, from what stands out (Rother et
 * al., 2004); nothing when there is nothing to begin with.
 */
export function grabCut(
  cv: OpenCv,
  picture: RgbPicture,
  box: FractionalBox | undefined,
): Plane<Uint8Array> | undefined {
  return cutFrom(cv, picture, box ? { box } : firstLook(cv, picture));
}

/** Where an object is, and maybe its shape as far as known. */
interface Place {
  readonly box: FractionalBox;
  readonly shape?: Plane<Uint8Array>;
}

/** What GrabCut finds small, and finds again in a box around that. */
function firstLook(cv: OpenCv, picture: RgbPicture): Place | undefined {
  const small = reducePicture({ ...picture, channels: 3 }, searchPx);
  const found = cutFrom(cv, small, undefined);
  const place = found && placeOf(found);
  const again = place && cutFrom(cv, small, place);
  return again && placeOf(again);
}

function placeOf(shape: Plane<Uint8Array>): Place | undefined {
  const box = boxAroundParts(shape);
  return box && { box, shape };
}

/** The box around the larger parts of a mask, with some room. */
function boxAroundParts({ data, width, height }: Plane<Uint8Array>): FractionalBox | undefined {
  const { labels, areas } = labelRegions(width, height, (index) => data[index] === 1);
  const enough = Math.max(1, ...areas.slice(1)) / 4;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [index, label] of labels.entries()) {
    if (label === 0 || (areas[label] ?? 0) < enough) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  if (right === 0) return undefined;
  const [roomX, roomY] = [(right - left) * room, (bottom - top) * room];
  [left, top] = [Math.max(0, left - roomX), Math.max(0, top - roomY)];
  [right, bottom] = [Math.min(width, right + roomX), Math.min(height, bottom + roomY)];
  return {
    left: left / width,
    top: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
}

function cutFrom(
  cv: OpenCv,
  picture: RgbPicture,
  place: Place | undefined,
): Plane<Uint8Array> | undefined {
  const { width, height } = picture;
  const { box, shape } = place ?? {};
  const likely = box && inEllipse(box, width, height, likelyShare);
  // Without it, what is dark in an object before dark ground goes with the ground.
  const middle = box && inEllipse(box, width, height, coreShare);
  const found = shape && sampled(shape, width, height);
  const hole = shape && sampled(holesOf(shape), width, height);
  const core = middle && ((index: number) => middle(index) && found?.(index) !== false);
  const guess = box ? undefined : guessObject(cv, picture);
  const salient = guess && sampled(guess.salient, width, height);
  const start = box ?? guess?.box;
  if (!start) return undefined;
  const outside = outsideOf(start, width, height);
  const standsOut = (index: number) => {
    if (likely) return likely(index);
    return salient?.(index) === true;
  };
  const atRim = outsideOf({ left: 0.02, top: 0.02, width: 0.96, height: 0.96 }, width, height);
  return withHandles((own) => {
    const mask = own(new cv.Mat(height, width, cv.CV_8UC1));
    let objects = 0;
    for (let index = 0; index < width * height; index++) {
      const sure = outside(index) || (!box && atRim(index));
      const seed = !sure && standsOut(index) && hole?.(index) !== true;
      if (seed) objects++;
      mask.data[index] = sure
        ? marks.background
        : seed
          ? core?.(index)
            ? marks.object
            : marks.likelyObject
          : marks.likelyBackground;
    }
    // OpenCV wants samples of both for its color models.
    if (objects < 10 || objects > width * height - 10) return undefined;
    // The models begin with random centers: the same ones each time.
    cv.setRNGSeed(0);
    const models = [own(new cv.Mat()), own(new cv.Mat())] as const;
    cv.grabCut(
      own(matOf(cv, picture)),
      mask,
      new cv.Rect(0, 0, 0, 0),
      ...models,
      5,
      cv.GC_INIT_WITH_MASK,
    );
    return { data: Uint8Array.from(mask.data, (mark) => mark & 1), width, height };
  });
}

/** What a mask encloses without holding it. */
function holesOf({ data, width, height }: Plane<Uint8Array>): Plane<Uint8Array> {
  const { labels } = labelRegions(width, height, (index) => data[index] === 0);
  const open = labelsAtRim(labels, width, height);
  const enclosed = Uint8Array.from(labels, (label) => (label !== 0 && !open.has(label) ? 1 : 0));
  return { data: enclosed, width, height };
}

/** Whether a smaller mask is 1 where a pixel lies. */
function sampled(
  mask: Plane<Uint8Array>,
  width: number,
  height: number,
): (index: number) => boolean {
  return (index) => {
    const x = Math.floor((((index % width) + 0.5) * mask.width) / width);
    const y = Math.floor(((Math.floor(index / width) + 0.5) * mask.height) / height);
    return mask.data[y * mask.width + x] === 1;
  };
}

/** Whether a pixel lies in the ellipse that fills a share of the box: objects seldom fill its corners. */
function inEllipse(
  box: FractionalBox,
  width: number,
  height: number,
  share: number,
): (index: number) => boolean {
  const [radiusX, radiusY] = [(box.width * width) / 2, (box.height * height) / 2];
  const [centerX, centerY] = [box.left * width + radiusX, box.top * height + radiusY];
  return (index) =>
    Math.hypot(
      ((index % width) + 0.5 - centerX) / radiusX,
      (Math.floor(index / width) + 0.5 - centerY) / radiusY,
    ) < share;
}
