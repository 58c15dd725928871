import { describe, expect, test } from "vitest";

import type { MaskFinder } from "../background-remover.ts";
import { recipe } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import { gradient, pixelAt, solid } from "../testing/index.ts";
import { removeBackground } from "./remove-background.ts";

const calls: unknown[] = [];

/** Half covers every pixel, and says that the object is green. */
const remover: MaskFinder = {
  async remove({ width, height }, given, { signal }) {
    calls.push({ given, aborted: signal?.aborted });
    const foreground = new Uint8Array(width * height * 3).map((_, at) => (at % 3 === 1 ? 255 : 0));
    const mask = { data: new Uint8Array(width * height).fill(128), width, height };
    return { mask, foreground, engine: "half", report: { score: 1 } };
  },
};

describe("remove-background", () => {
  test("makes the mask the alpha, takes over freed colors, and reports", async () => {
    calls.length = 0;
    const { signal } = new AbortController();
    const names: string[] = [];
    const { image, steps } = await runSteps(
      solid(20, 20, 1, 2, 3),
      recipe(removeBackground({ engine: "grabcut", feather: 2 })),
      { signal, backgroundRemover: (engine) => (names.push(engine), remover) },
    );
    expect(pixelAt(await image.pixels(), 5, 5)).toEqual([0, 255, 0, 128]);
    expect(steps[0]?.report).toEqual({ removed: true, engine: "half", score: 1 });
    expect(names).toEqual(["grabcut"]);
    expect(calls).toEqual([
      {
        given: { featherPx: 2, alphaThreshold: 0.05, keepHoles: false, largestObjectOnly: false },
        aborted: false,
      },
    ]);
  });

  test("leaves a picture that has transparency alone, and not one that merely could", async () => {
    const options = { backgroundRemover: () => remover };
    const cutOut = gradient(20, 20, 4);
    const left = await runSteps(cutOut, recipe(removeBackground()), options);
    expect(left.image).toBe(cutOut);
    expect(left.steps[0]?.report).toMatchObject({ removed: false });
    const opaque = await runSteps(solid(20, 20, 1, 2, 3, 255), recipe(removeBackground()), options);
    expect(opaque.steps[0]?.report).toMatchObject({ removed: true });
  });

  test("says what to install where no remover is set up", async () => {
    await expect(runSteps(gradient(20, 20), recipe(removeBackground()))).rejects.toMatchObject({
      kind: "unsupported",
      code: "background.not_configured",
      message: expect.stringContaining("@tintype/background-opencv") as string,
    });
  });

  test("refuses a box that leaves the picture", () => {
    const box = { left: 0.5, top: 0, width: 0.6, height: 1 };
    expect(removeBackground.options.safeParse({ box }).success).toBe(false);
  });
});
