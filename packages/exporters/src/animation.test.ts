import { imageFromFrames, readImage, recipe, runSteps, type Image } from "@tintype/image-core";
import {
  convertWithMagick,
  deviation,
  fixture,
  fixturesPresent,
  judges,
  paint,
} from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import { builtInExporters, encode } from "./encode.ts";

/** A square that moves to the right, a frame at a time. */
const frames = Array.from({ length: 4 }, (_, frame) =>
  paint(32, 24, 4, (x, y, channel) => {
    const inside = x >= frame * 6 && x < frame * 6 + 8 && y > 4 && y < 16;
    return channel === 3 ? 255 : inside ? [250, 120, 10][channel]! : 40;
  }),
);
const film = imageFromFrames(frames, { delays: [50, 100, 150, 200], loop: 3 });

const shown = async (image: Image) =>
  Promise.all(((await image.animation?.frames()) ?? []).map((frame) => frame.pixels()));

/** Ms that an animation plays, once. */
const total = (image: Image) => image.animation?.delays.reduce((sum, delay) => sum + delay, 0);

describe.each(["gif", "webp"])("an animated %s", (format) => {
  test("keeps frames, delays and loop count", async () => {
    const { data, warnings, ...file } = await encode(film, { format });
    expect({ ...file, warnings }).toMatchObject({ width: 32, height: 24, warnings: [] });
    const again = await readImage(data);
    expect(again.animation).toMatchObject({ delays: [50, 100, 150, 200], loop: 3 });
    for (const [index, pixels] of (await shown(again)).entries()) {
      expect(deviation(pixels, await (frames[index] as Image).pixels()).mean).toBeLessThan(4);
    }
  });

  test("takes other delays and another loop count", async () => {
    const { data } = await encode(film, { format, delayMs: 70, loop: 0 });
    expect((await readImage(data)).animation).toMatchObject({ delays: [70, 70, 70, 70], loop: 0 });
  });

  test("is written of the frames after steps", async () => {
    const steps = recipe({ step: "rotate", angle: 90 }, { step: "resize", width: 12 });
    const { image } = await runSteps(film, steps);
    const again = await readImage((await encode(image, { format })).data);
    expect(again).toMatchObject({ width: 12, height: 16 });
    expect(again.animation?.delays).toHaveLength(4);
  });
});

test("frames of a GIF that are alike stay apart", async () => {
  const still = imageFromFrames([frames[0]!, frames[0]!, frames[0]!], {
    delays: [50, 60, 70],
    loop: 0,
  });
  const { data } = await encode(still, { format: "gif" });
  expect((await readImage(data)).animation?.delays).toEqual([50, 60, 70]);
});

test.skipIf(judges.length === 0)("ImageMagick sees the frames and delays of a GIF", async () => {
  const { data } = await encode(film, { format: "gif" });
  const facts = convertWithMagick(data, "-", "-format", "%wx%h %T\\n", "info:-")?.toString();
  expect(
    facts
      ?.trim()
      .split("\n")
      .map((line) => line.split(" ")[1]),
  ).toEqual(["5", "10", "15", "20"]);
});

describe("a format without animation", () => {
  const still = builtInExporters.all.filter(({ animation }) => animation !== true);

  test.each(still.map(({ name }) => name))(
    "%s shows the first frame, and says so",
    async (format) => {
      const file = await encode(film, { format, ...(format === "ico" && { sizes: [32] }) });
      expect(file.warnings).toEqual([
        `The picture has 4 frames; a file of type ${format} shows the first.`,
      ]);
      expect((await readImage(file.data)).animation).toBeUndefined();
    },
  );
});

describe.skipIf(!fixturesPresent)("real animations", () => {
  test.each(["animated-3.gif", "animated-3.webp", "rotating-squares.gif"])(
    "%s keeps its timing through both formats",
    async (name) => {
      const source = await readImage(fixture(name));
      const gif = await readImage((await encode(source, { format: "gif", effort: 1 })).data);
      expect(gif.animation).toMatchObject({
        delays: source.animation?.delays,
        loop: source.animation?.loop,
      });
      // Its encoder joins frames that are alike; what is shown when stays the same.
      const webp = await readImage((await encode(gif, { format: "webp", effort: 0 })).data);
      expect(total(webp)).toBe(total(source));
    },
  );
});
