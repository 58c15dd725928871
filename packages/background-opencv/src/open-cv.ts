import { createRequire } from "node:module";

import type { CV, Mat } from "@techstark/opencv-js";

import type { RgbPicture } from "./plane.ts";

/** The OpenCV library, loaded. */
export type OpenCv = CV;

/** What OpenCV hands out and will not free by itself. */
interface Handle {
  delete(): void;
}

/** Loads OpenCV, about 0.4 s, or gives `undefined` when the package is not installed. */
export async function loadOpenCv(name = "@techstark/opencv-js"): Promise<OpenCv | undefined> {
  const require = createRequire(import.meta.url);
  let path: string;
  try {
    path = require.resolve(name);
  } catch {
    return undefined;
  }
  return require(path) as Promise<OpenCv>;
}

/** Runs `work`, and frees whatever it handed to `own`: what OpenCV makes lies outside of the garbage collector's reach. */
export function withHandles<T>(work: (own: <H extends Handle>(handle: H) => H) => T): T {
  const handles: Handle[] = [];
  try {
    return work((handle) => {
      handles.push(handle);
      return handle;
    });
  } finally {
    for (const handle of handles) handle.delete();
  }
}

/** The picture as a matrix of OpenCV, to be freed by the caller. */
export function matOf(cv: OpenCv, { data, width, height }: RgbPicture): Mat {
  const mat = new cv.Mat(height, width, cv.CV_8UC3);
  mat.data.set(data);
  return mat;
}
