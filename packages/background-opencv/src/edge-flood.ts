import type { FractionalBox } from "@tintype/generators";

import { outsideOf } from "./chroma.ts";
import { labelRegions, labelsAtRim } from "./flood.ts";
import { matOf, withHandles, type OpenCv } from "./open-cv.ts";
import type { Plane, RgbPicture } from "./plane.ts";

/**
 * The object that Canny's edges enclose, 0 or 1: what a flood from the border does not reach. It sees no holes, and no
 * object before a busy background.
 */
export function edgeFlood(
  cv: OpenCv,
  picture: RgbPicture,
  box: FractionalBox | undefined,
): Plane<Uint8Array> {
  const { width, height } = picture;
  return withHandles((own) => {
    const smooth = own(matOf(cv, picture));
    cv.GaussianBlur(smooth, smooth, new cv.Size(5, 5), 0);
    const edges = own(new cv.Mat());
    cv.Canny(smooth, edges, 30, 90, 3, true);
    const size = 2 * Math.max(1, Math.round(Math.max(width, height) / 250)) + 1;
    const kernel = own(cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(size, size)));
    // Wide enough to close the gaps of an outline; taken back from the object afterwards.
    cv.dilate(edges, edges, kernel);
    const outside = outsideOf(box, width, height);
    const open = (index: number) => outside(index) || edges.data[index] === 0;
    const { labels } = labelRegions(width, height, open);
    const reached = labelsAtRim(labels, width, height);
    const object = own(new cv.Mat(height, width, cv.CV_8UC1));
    for (const [index, label] of labels.entries()) object.data[index] = reached.has(label) ? 0 : 1;
    cv.erode(object, object, kernel);
    // Lines without an inside are texture of the background.
    cv.morphologyEx(object, object, cv.MORPH_OPEN, kernel);
    return { data: object.data.slice(), width, height };
  });
}
