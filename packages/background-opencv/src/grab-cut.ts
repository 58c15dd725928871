import type { FractionalBox } from "@tintype/generators";

import { outsideOf } from "./chroma.ts";
import { guessObject } from "./guess-object.ts";
import { matOf, withHandles, type OpenCv } from "./open-cv.ts";
import type { Plane, RgbPicture } from "./plane.ts";

/** GrabCut's own marks. */
const marks = { background: 0, object: 1, likelyBackground: 2, likelyObject: 3 } as const;

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
  const { width, height } = picture;
  const likely = box && inEllipse(box, width, height, likelyShare);
  // Without it, what is dark in an object before dark ground goes with the ground.
  const core = box && inEllipse(box, width, height, coreShare);
  const guess = box ? undefined : guessObject(cv, picture);
  const start = box ?? guess?.box;
  if (!start) return undefined;
  const outside = outsideOf(start, width, height);
  const standsOut = (index: number) => {
    if (likely) return likely(index);
    const { salient } = guess ?? {};
    if (!salient) return false;
    const x = Math.floor((((index % width) + 0.5) * salient.width) / width);
    const y = Math.floor(((Math.floor(index / width) + 0.5) * salient.height) / height);
    return salient.data[y * salient.width + x] === 1;
  };
  const atRim = outsideOf({ left: 0.02, top: 0.02, width: 0.96, height: 0.96 }, width, height);
  return withHandles((own) => {
    const mask = own(new cv.Mat(height, width, cv.CV_8UC1));
    let objects = 0;
    for (let index = 0; index < width * height; index++) {
      const sure = outside(index) || (!box && atRim(index));
      const seed = !sure && standsOut(index);
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
