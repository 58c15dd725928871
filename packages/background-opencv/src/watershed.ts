import type { FractionalBox } from "@tintype/generators";

import { outsideOf } from "./chroma.ts";
import { guessObject } from "./guess-object.ts";
import { matOf, withHandles, type OpenCv } from "./open-cv.ts";
import type { Plane, RgbPicture } from "./plane.ts";

const [object, background] = [1, 2];

/**
 * The object that grows from its sure inside until it meets what grows from the border, 0 or 1 (Meyer's watershed); the
 * inside is the core of what stands out, or of the box. Nothing when there is no core.
 */
export function watershed(
  cv: OpenCv,
  picture: RgbPicture,
  box: FractionalBox | undefined,
): Plane<Uint8Array> | undefined {
  const { width, height } = picture;
  const guess = guessObject(cv, picture);
  const outside = outsideOf(box ?? guess?.box, width, height);
  const atRim = outsideOf({ left: 0.02, top: 0.02, width: 0.96, height: 0.96 }, width, height);
  return withHandles((own) => {
    const core = own(new cv.Mat(height, width, cv.CV_8UC1));
    const salient = guess?.salient;
    for (let index = 0; index < width * height; index++) {
      const x = Math.floor((((index % width) + 0.5) * (salient?.width ?? 0)) / width);
      const y = Math.floor(((Math.floor(index / width) + 0.5) * (salient?.height ?? 0)) / height);
      core.data[index] = !outside(index) && salient?.data[y * salient.width + x] === 1 ? 1 : 0;
    }
    const size = Math.max(3, Math.round(Math.min(width, height) * 0.03));
    const kernel = own(cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(size, size)));
    const wide = own(new cv.Mat());
    cv.dilate(core, wide, kernel);
    cv.erode(core, core, kernel);
    if (!core.data.includes(1)) return undefined;
    const markers = own(new cv.Mat(height, width, cv.CV_32SC1));
    for (let index = 0; index < width * height; index++) {
      const behind = outside(index) || atRim(index) || wide.data[index] === 0;
      markers.data32S[index] = core.data[index] === 1 ? object : behind ? background : 0;
    }
    const smooth = own(matOf(cv, picture));
    cv.GaussianBlur(smooth, smooth, new cv.Size(5, 5), 0);
    cv.watershed(smooth, markers);
    return {
      data: Uint8Array.from(markers.data32S, (mark) => (mark === object ? 1 : 0)),
      width,
      height,
    };
  });
}
