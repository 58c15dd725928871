import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { imageFromPixels, type Image } from "../image.ts";
import { recipe } from "../recipe.ts";
import { runSteps } from "../run-steps.ts";
import { gradient, paint, pixelAt, picture, run } from "../testing/index.ts";
import { pixelate } from "./pixelate.ts";
import { redact } from "./redact.ts";

describe("redact", () => {
  test("of a solid color leaves nothing of what was there", async () => {
    const area = { left: 0, top: 0, width: 24, height: 24 };
    await fc.assert(
      fc.asyncProperty(picture(), async (image) => {
        const { data, width, height, channels } = await run(image, [
          redact({ areas: [area], color: "#0a141e80" }),
        ]);
        expect(data).toEqual(
          Buffer.alloc(
            width * height * channels,
            Buffer.from([10, 20, 30, 255].slice(0, channels)),
          ),
        );
      }),
      { numRuns: 20 },
    );
  });

  test.each(["blur", "pixelate"] as const)(
    "by %s keeps no more than the means of large blocks",
    async (style) => {
      // Both have gray means in every block of 12 px, and nothing else in common.
      const [one, other] = [0, 1].map((shift) =>
        paint(48, 48, 3, (x, y) => (x < 36 && y < 36 ? ((x + y + shift) % 2) * 200 : 90)),
      ) as [Image, Image];
      const call = redact({ areas: [{ left: 0, top: 0, width: 36, height: 36 }], style });
      expect(await run(one, [call])).toEqual(await run(other, [call]));
      expect(pixelAt(await run(one, [call]), 3, 3)).toEqual([100, 100, 100]);
    },
  );

  test("touches nothing outside its areas", async () => {
    const image = gradient(60, 40, 4);
    const area = { left: 10, top: 5, width: 20, height: 20 };
    const [before, after] = [
      await image.pixels(),
      await run(image, [redact({ areas: [area], style: "blur" })]),
    ];
    for (const [x, y] of [
      [9, 5],
      [10, 4],
      [30, 24],
      [29, 25],
      [0, 39],
    ] as const) {
      expect(pixelAt(after, x, y)).toEqual(pixelAt(before, x, y));
    }
  });

  test("drops metadata that may hold a preview, and keeps where the picture came from", async () => {
    const provenance = { digitalSourceType: "trainedAlgorithmicMedia" } as never;
    const image = imageFromPixels(await gradient(9, 9).pixels(), {
      exif: new Uint8Array(5),
      xmp: "<x/>",
      provenance,
    });
    const area = { left: 0, top: 0, width: 2, height: 2 };
    const result = await runSteps(image, recipe(redact({ areas: [area] })));
    expect(result.image.metadata).toEqual({ provenance });
  });

  test("fails when an area misses the picture, rather than hide nothing", async () => {
    const areas = [{ left: 9, top: 0, width: 5, height: 5 }];
    await expect(run(gradient(9, 9), [redact({ areas })])).rejects.toMatchObject({
      code: "step.outside_image",
    });
  });
});

describe("pixelate", () => {
  test("gives each block its mean, weighed by alpha", async () => {
    const image = paint(4, 2, 4, (x, _y, channel) =>
      channel === 3 ? (x % 2 ? 0 : 200) : x % 2 ? 255 : 10 * (x + 1),
    );
    const pixels = await run(image, [pixelate({ block: 2 })]);
    expect(pixelAt(pixels, 1, 1)).toEqual([10, 10, 10, 100]);
    expect(pixelAt(pixels, 3, 0)).toEqual([30, 30, 30, 100]);
  });

  test("stays inside its area", async () => {
    const image = gradient(12, 12);
    const area = { left: 4, top: 4, width: 4, height: 4 };
    const [before, after] = [
      await image.pixels(),
      await run(image, [pixelate({ block: 4, area })]),
    ];
    expect(pixelAt(after, 3, 4)).toEqual(pixelAt(before, 3, 4));
    expect(pixelAt(after, 4, 4)).toEqual(pixelAt(after, 7, 7));
  });
});
