import type { RawPicture, RemovalSettings } from "@tintype/generators";

import { softened } from "./box-mean.ts";
import { removeChroma } from "./chroma.ts";
import { edgeFlood } from "./edge-flood.ts";
import { freeColors } from "./free-colors.ts";
import { grabCut } from "./grab-cut.ts";
import { guidedEdge } from "./guided-edge.ts";
import type { OpenCv } from "./open-cv.ts";
import { reducePicture } from "./reduce-picture.ts";
import { tidyObject } from "./tidy-object.ts";
import { watershed } from "./watershed.ts";

const openCvEngines = { auto: edgeFlood, grabcut: grabCut, watershed } as const;

/** The names of the engines, as a caller writes them. */
export type OpenCvEngine = keyof typeof openCvEngines | "chroma";

/** What a worker answers with: a mask and colors at full size. */
export interface FullSizeRemoval {
  readonly mask: Uint8Array;
  readonly foreground: Uint8Array;
  readonly report: Readonly<Record<string, unknown>>;
}

/** The longest side on which OpenCV works: its time and memory grow with the area. */
const maxSidePx = 1000;

/** Less or more than these parts of the picture is no object before a background. */
const [leastPart, mostPart] = [0.0005, 0.995];

/** Removes the background by one engine and finishes the mask; nothing when it finds no object. `loadCv` is called by the engines that need it. */
export async function removeBackground(
  engine: OpenCvEngine,
  picture: RawPicture,
  settings: RemovalSettings,
  loadCv: () => Promise<OpenCv>,
): Promise<FullSizeRemoval | undefined> {
  const found =
    engine === "chroma"
      ? removeChroma(picture, settings)
      : findOnReduced(await loadCv(), engine, picture, settings);
  if (!found) return undefined;
  const mask = finishMask(picture, found.mask.data, settings);
  const part = mask.reduce((sum, alpha) => sum + alpha, 0) / 255 / mask.length;
  if (part < leastPart || part > mostPart) return undefined;
  return {
    mask,
    foreground: found.foreground,
    report: { ...found.report, objectPart: Math.round(part * 1000) / 1000 },
  };
}

function findOnReduced(
  cv: OpenCv,
  engine: keyof typeof openCvEngines,
  picture: RawPicture,
  settings: RemovalSettings,
) {
  const reduced = reducePicture(picture, maxSidePx);
  const object = openCvEngines[engine](cv, reduced, settings.box);
  if (!object) return undefined;
  const speckPx = Math.max(8, reduced.width * reduced.height * 5e-4);
  tidyObject(object, { ...settings, speckPx });
  const inside = object.data.reduce((sum, value) => sum + value, 0) / object.data.length;
  if (inside < leastPart || inside > mostPart) return undefined;
  const soft = guidedEdge(picture, reduced, object);
  const mask = { ...soft, data: Uint8Array.from(soft.data, (alpha) => Math.round(alpha * 255)) };
  return {
    mask,
    foreground: freeColors(picture, reduced, object, soft),
    report: { workedOnPx: [reduced.width, reduced.height] },
  };
}

/** Feathers, applies the alpha threshold, and keeps what was transparent already. */
function finishMask(
  { data, width, height, channels }: RawPicture,
  mask: Uint8Array,
  { featherPx, alphaThreshold }: RemovalSettings,
): Uint8Array {
  const soft =
    featherPx > 0
      ? softened({ data: Float32Array.from(mask), width, height }, featherPx).data
      : mask;
  const span = 1 - 2 * alphaThreshold;
  return Uint8Array.from(soft, (value, index) => {
    const alpha = value / 255;
    const stretched = span > 0 ? (alpha - alphaThreshold) / span : Number(alpha > 0.5);
    const own = channels === 4 ? (data[index * 4 + 3] ?? 0) : 255;
    return Math.round(Math.min(1, Math.max(0, stretched)) * own);
  });
}
