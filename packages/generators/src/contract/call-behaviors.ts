import { expect } from "vitest";

import type { BackgroundRemover, RawPicture } from "../background-remover.ts";
import { discPicture } from "./disc-picture.ts";

const { picture } = discPicture(120, 90, [{ x: 60, y: 45, radius: 28 }]);

export const callBehaviors = {
  "leaves the picture untouched": async (remover: BackgroundRemover) => {
    const data = picture.data.slice();
    await remover.remove({ ...picture, data });
    expect(data).toEqual(picture.data);
  },

  "gives the same mask for the same call": async (remover: BackgroundRemover) => {
    const [first, second] = [await remover.remove(picture), await remover.remove(picture)];
    expect(Buffer.compare(first.mask.data, second.mask.data)).toBe(0);
  },

  "serves several calls at once": async (remover: BackgroundRemover) => {
    const sizes = [100, 120, 140];
    const removals = await Promise.all(
      sizes.map((width) =>
        remover.remove(discPicture(width, 90, [{ x: width / 2, y: 45, radius: 25 }]).picture),
      ),
    );
    expect(removals.map(({ mask }) => mask.width)).toEqual(sizes);
  },

  "says that nothing is found on a plain picture": async (remover: BackgroundRemover) => {
    const blank = discPicture(64, 48, []).picture;
    await expect(remover.remove(blank)).rejects.toMatchObject({
      kind: "processing",
      code: "background.nothing_found",
    });
  },

  "refuses a picture that is too small": async (remover: BackgroundRemover) => {
    const tiny = discPicture(15, 40, []).picture;
    await expect(remover.remove(tiny)).rejects.toMatchObject({
      kind: "invalid_input",
      code: "background.picture_too_small",
    });
  },

  "refuses data that does not fill the picture": async (remover: BackgroundRemover) => {
    const cut: RawPicture = { ...picture, data: picture.data.subarray(1) };
    await expect(remover.remove(cut)).rejects.toMatchObject({
      kind: "invalid_input",
      code: "background.invalid_input",
    });
  },

  "refuses options out of their range": async (remover: BackgroundRemover) => {
    for (const options of [
      { featherPx: -1 },
      { featherPx: Number.NaN },
      { alphaThreshold: 0.6 },
      { box: { left: 0.5, top: 0, width: 0.6, height: 1 } },
      { box: { left: 0.5, top: 0, width: 0, height: 1 } },
    ])
      await expect(remover.remove(picture, options)).rejects.toMatchObject({
        kind: "invalid_input",
        code: "background.invalid_input",
      });
  },

  "rejects an aborted call with the signal's reason": async (remover: BackgroundRemover) => {
    const reason = new Error("no longer wanted");
    const signal = AbortSignal.abort(reason);
    await expect(remover.remove(picture, {}, { signal })).rejects.toBe(reason);
  },
};
