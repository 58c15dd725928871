import { matOf, withHandles, type OpenCv } from "./open-cv.ts";
import type { Plane, RgbPicture } from "./plane.ts";
import { reducePicture } from "./reduce-picture.ts";
import { saliency } from "./saliency.ts";

/** Where the object may be, at a small size: 1 for what stands out, and the box around the larger such parts, in fractions. */
export interface Guess {
  readonly salient: Plane<Uint8Array>;
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/** How much room a guessed box leaves around what stands out, as a part of its size. */
const margin = 0.06;

/** Guesses the object from what stands out of the border; nothing when nothing does. */
export function guessObject(cv: OpenCv, picture: RgbPicture): Guess | undefined {
  const small = reducePicture({ ...picture, channels: 3 }, 300);
  const { width, height } = small;
  return withHandles((own) => {
    const mat = own(matOf(cv, small));
    // Leaves and grass stand out by their texture alone: a median takes it away and keeps outlines.
    if (Math.min(width, height) > 60) cv.medianBlur(mat, mat, 9);
    const lab = own(new cv.Mat());
    cv.cvtColor(mat, lab, cv.COLOR_RGB2Lab);
    const map = saliency({ data: lab.data, width, height });
    const level = otsuLevel(map.data);
    const salient = Uint8Array.from(map.data, (value) => (value > level ? 1 : 0));
    const joined = own(new cv.Mat(height, width, cv.CV_8UC1));
    joined.data.set(salient);
    const kernel = (size: number) =>
      own(cv.getStructuringElement(cv.MORPH_ELLIPSE, new cv.Size(size, size)));
    cv.morphologyEx(joined, joined, cv.MORPH_OPEN, kernel(5));
    cv.morphologyEx(joined, joined, cv.MORPH_CLOSE, kernel(15));
    const [labels, stats, centers] = [own(new cv.Mat()), own(new cv.Mat()), own(new cv.Mat())];
    const count = cv.connectedComponentsWithStats(joined, labels, stats, centers);
    const areas = Array.from({ length: count }, (_, label) =>
      label === 0 ? 0 : stats.intAt(label, 4),
    );
    const enough = Math.max(1, ...areas) / 6;
    const parts = areas.flatMap((area, label) => (area < enough ? [] : [label]));
    if (parts.length === 0) return undefined;
    const sides = parts.map((label) => {
      const [x, y] = [stats.intAt(label, 0), stats.intAt(label, 1)];
      return [x, y, x + stats.intAt(label, 2), y + stats.intAt(label, 3)] as const;
    });
    const [x, y] = [Math.min(...sides.map((s) => s[0])), Math.min(...sides.map((s) => s[1]))];
    const [endX, endY] = [Math.max(...sides.map((s) => s[2])), Math.max(...sides.map((s) => s[3]))];
    const [roomX, roomY] = [(endX - x) * margin, (endY - y) * margin];
    const left = Math.max(0, x - roomX) / width;
    const top = Math.max(0, y - roomY) / height;
    const right = Math.min(width, endX + roomX) / width;
    const bottom = Math.min(height, endY + roomY) / height;
    const box = { left, top, width: right - left, height: bottom - top };
    return { salient: { data: salient, width, height }, box };
  });
}

/** The level that parts values from 0 to 1 into the two classes that differ most (Otsu, 1979). */
function otsuLevel(values: Float32Array): number {
  const counts = new Float64Array(256);
  for (const value of values) counts[Math.min(255, Math.floor(value * 256))]! += 1;
  const total = counts.reduce((sum, count, level) => sum + count * level, 0);
  let [below, sumBelow] = [0, 0];
  let best = { spread: 0, level: 0 };
  for (const [level, count] of counts.entries()) {
    below += count;
    sumBelow += count * level;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const spread = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (spread > best.spread) best = { spread, level };
  }
  return (best.level + 1) / 256;
}
