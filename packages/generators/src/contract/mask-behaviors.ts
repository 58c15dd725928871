import { expect } from "vitest";

import type { AlphaMask, BackgroundRemover } from "../background-remover.ts";
import { discPicture, intersectionOverUnion } from "./disc-picture.ts";

const disc = { x: 80, y: 60, radius: 36 };
const { picture, truth } = discPicture(160, 120, [disc]);

/** The mask at a place, 0 to 255. */
const at = ({ data, width }: AlphaMask, x: number, y: number) => data[y * width + x] ?? -1;

const partly = ({ data }: AlphaMask) => data.filter((alpha) => alpha > 0 && alpha < 255).length;

export const maskBehaviors = {
  "gives a mask of the picture's size, an engine and a time": async (
    remover: BackgroundRemover,
  ) => {
    const { mask, foreground, engine, durationMs } = await remover.remove(picture);
    expect(mask).toMatchObject({ width: 160, height: 120 });
    expect(mask.data).toHaveLength(160 * 120);
    expect([undefined, 160 * 120 * 3]).toContain(foreground?.length);
    expect(engine).not.toBe("");
    expect(durationMs).toBeGreaterThanOrEqual(0);
  },

  "finds a disc before a plain backdrop": async (remover: BackgroundRemover) => {
    const { mask } = await remover.remove(picture);
    expect(intersectionOverUnion(mask.data, truth)).toBeGreaterThan(0.95);
  },

  "keeps what is transparent already": async (remover: BackgroundRemover) => {
    const data = new Uint8Array(160 * 120 * 4);
    for (let index = 0; index < 160 * 120; index++) {
      data.set(picture.data.subarray(index * 3, index * 3 + 3), index * 4);
      data[index * 4 + 3] = index % 160 < 80 ? 100 : 255;
    }
    const { mask } = await remover.remove({ ...picture, data, channels: 4 });
    expect(at(mask, 60, 60)).toBeLessThanOrEqual(100);
    expect(at(mask, 60, 60)).toBeGreaterThan(80);
    expect(at(mask, 100, 60)).toBe(255);
  },

  "keeps a box's outside out of the object": async (remover: BackgroundRemover) => {
    const both = [
      { x: 42, y: 60, radius: 25 },
      { x: 118, y: 60, radius: 25 },
    ];
    const { mask } = await remover.remove(discPicture(160, 120, both).picture, {
      box: { left: 0.05, top: 0.1, width: 0.45, height: 0.8 },
    });
    expect(at(mask, 42, 60)).toBe(255);
    expect(at(mask, 118, 60)).toBe(0);
  },

  "opens holes": async (remover: BackgroundRemover) => {
    const ring = discPicture(160, 120, [{ ...disc, radius: 45, hole: 20 }]).picture;
    const { mask } = await remover.remove(ring);
    expect(at(mask, 80, 60)).toBe(0);
    expect(at(mask, 80, 28)).toBe(255);
  },

  "leaves holes as they are when asked": async (remover: BackgroundRemover) => {
    const ring = discPicture(160, 120, [{ ...disc, radius: 45, hole: 20 }]).picture;
    const { mask } = await remover.remove(ring, { keepHoles: true });
    expect(at(mask, 80, 60)).toBe(255);
    expect(at(mask, 2, 2)).toBe(0);
  },

  "keeps all objects, or the largest alone": async (remover: BackgroundRemover) => {
    const two = discPicture(160, 120, [
      { x: 50, y: 60, radius: 34 },
      { x: 124, y: 60, radius: 18 },
    ]).picture;
    const all = await remover.remove(two);
    expect([at(all.mask, 50, 60), at(all.mask, 124, 60)]).toEqual([255, 255]);
    const largest = await remover.remove(two, { largestObjectOnly: true });
    expect([at(largest.mask, 50, 60), at(largest.mask, 124, 60)]).toEqual([255, 0]);
  },

  "softens the edge by the feather": async (remover: BackgroundRemover) => {
    const sharp = await remover.remove(picture);
    const soft = await remover.remove(picture, { featherPx: 4 });
    expect(partly(soft.mask)).toBeGreaterThan(partly(sharp.mask) * 2);
    expect([at(soft.mask, 80, 60), at(soft.mask, 2, 2)]).toEqual([255, 0]);
  },

  "gives a hard edge at the highest alpha threshold": async (remover: BackgroundRemover) => {
    const { mask } = await remover.remove(picture, { alphaThreshold: 0.5 });
    expect(partly(mask)).toBe(0);
  },
};
