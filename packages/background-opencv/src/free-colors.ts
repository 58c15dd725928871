import type { RawPicture } from "@tintype/generators";

import { boxMean } from "./box-mean.ts";
import { sampler } from "./guided-edge.ts";
import type { Plane, RgbPicture } from "./plane.ts";

const radiusPx = 6;

/**
 * The picture's colors, freed of the background where the mask is soft: the object's and the background's mean colors
 * around a pixel, corrected so that their mixture is the pixel (Forte, "Approximate Fast Foreground Colour Estimation",
 * 2021). The means are made at the reduced size.
 */
export function freeColors(
  picture: RawPicture,
  reduced: RgbPicture,
  object: Plane<Uint8Array>,
  mask: Plane,
): Uint8Array {
  const inside = Float32Array.from(object.data);
  const front = meanColors(reduced, inside);
  const behind = meanColors(
    reduced,
    inside.map((value) => 1 - value),
  );
  const { data, width, height, channels } = picture;
  const free = new Uint8Array(width * height * 3);
  for (let index = 0; index < mask.data.length; index++) {
    const alpha = mask.data[index] ?? 0;
    const soft = alpha > 0 && alpha < 1;
    const [x, y] = [index % width, Math.floor(index / width)];
    const at = soft
      ? sampler(
          reduced,
          ((x + 0.5) * reduced.width) / width - 0.5,
          ((y + 0.5) * reduced.height) / height - 0.5,
        )
      : undefined;
    for (let c = 0; c < 3; c++) {
      const own = data[index * channels + c] ?? 0;
      const [f, b] = [front[c], behind[c]];
      if (!at || !f || !b) {
        free[index * 3 + c] = own;
        continue;
      }
      const [fore, back] = [at(f), at(b)];
      const value = fore + alpha * (own - alpha * fore - (1 - alpha) * back);
      free[index * 3 + c] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return free;
}

function meanColors({ data, width, height }: RgbPicture, weight: Float32Array): Float32Array[] {
  const share = boxMean({ data: weight, width, height }, radiusPx).data;
  return [0, 1, 2].map((c) => {
    const weighted = weight.map((value, i) => value * (data[i * 3 + c] ?? 0));
    return boxMean({ data: weighted, width, height }, radiusPx).data.map((value, i) =>
      (share[i] ?? 0) > 1e-4 ? value / (share[i] ?? 1) : (data[i * 3 + c] ?? 0),
    );
  });
}
