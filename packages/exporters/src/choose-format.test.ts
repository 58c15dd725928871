import { imageFromFrames, readImage } from "@tintype/image-core";
import { fixture, fixturesPresent, gradient, paint, solid } from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import { chooseFormat, contentOf, type Content } from "./choose-format.ts";
import { encode } from "./encode.ts";

const modern = "image/avif,image/webp,image/apng,image/*,*/*;q=0.8";
const photo: Content = { animated: false, alpha: false, kind: "photo" };
const graphic: Content = { animated: false, alpha: false, kind: "graphic" };

describe("chooseFormat", () => {
  test.each([
    ["an opaque photograph", photo, "jpeg", "webp", "avif"],
    ["a transparent photograph", { ...photo, alpha: true }, "webp", "webp", "avif"],
    ["a graphic", graphic, "png", "webp", "webp"],
    ["a transparent graphic", { ...graphic, alpha: true }, "png", "webp", "webp"],
    ["an animation", { ...photo, animated: true }, "webp", "webp", "webp"],
  ])("suits %s to the client", (_what, content, unknown, webp, all) => {
    expect(chooseFormat(content).format).toBe(unknown);
    expect(chooseFormat(content, "image/webp,*/*").format).toBe(webp);
    expect(chooseFormat(content, modern).format).toBe(all);
  });

  test("gives a client that reads neither AVIF nor WebP none of them", () => {
    for (const accept of ["*/*", "image/*", "", "image/webp;q=0,image/avif; q=0.0,*/*"]) {
      expect(chooseFormat(photo, accept).format).toBe("jpeg");
      expect(chooseFormat({ ...photo, alpha: true }, accept).format).toBe("png");
      expect(chooseFormat({ ...photo, animated: true }, accept).format).toBe("gif");
    }
  });

  test("loses nothing of a graphic, nor where that is asked for", () => {
    expect(chooseFormat(graphic, modern)).toEqual({ format: "webp", lossless: true });
    expect(chooseFormat(photo, undefined, true)).toEqual({ format: "png", lossless: true });
    expect(chooseFormat(graphic, undefined, false)).toEqual({ format: "jpeg", lossless: false });
  });
});

describe("auto", () => {
  test("says what it chose, and writes that", async () => {
    const file = await encode(gradient(40, 30), { format: "auto" });
    expect(file).toMatchObject({ format: "jpeg", mediaType: "image/jpeg", extension: "jpg" });
    expect((await readImage(file.data)).source.format).toBe("jpeg");
  });

  test("keeps the pixels of flat art", async () => {
    const art = paint(60, 60, 3, (x, y) => (Math.floor(x / 20 + y / 20) % 2 === 0 ? 240 : 20));
    const file = await encode(art, { format: "auto", accept: modern });
    expect(file.format).toBe("webp");
    expect((await (await readImage(file.data)).pixels()).data).toEqual((await art.pixels()).data);
  });

  test("keeps frames", async () => {
    const frames = [solid(9, 9, 255, 0, 0), solid(9, 9, 0, 0, 255)];
    const film = imageFromFrames(frames, { delays: [100, 200], loop: 2 });
    for (const [accept, format] of [
      ["*/*", "gif"],
      [modern, "webp"],
    ]) {
      const file = await encode(film, { format: "auto", accept });
      expect(file.format).toBe(format);
      expect((await readImage(file.data)).animation).toMatchObject({ delays: [100, 200], loop: 2 });
    }
  });

  test("passes on what is asked of it", async () => {
    const image = gradient(80, 80);
    const [low, high] = await Promise.all(
      [20, 95].map((quality) => encode(image, { format: "auto", quality })),
    );
    expect(low?.data.length).toBeLessThan(high?.data.length as number);
    expect(await encode(image, { format: "auto", target: 0.9 })).toMatchObject({
      quality: expect.any(Number),
    });
  });

  test.skipIf(!fixturesPresent).each([
    ["car-1.jpg", "photo"],
    ["car-1-cutout.png", "photo"],
    ["animal-1.jpg", "photo"],
    ["paper-alpha-1024x768.png", "photo"],
    ["check.svg", "graphic"],
    ["blackbug.png", "graphic"],
    ["rotating-squares.gif", "graphic"],
  ])("takes %s for a %s", async (name, kind) => {
    expect((await contentOf(await readImage(fixture(name)))).kind).toBe(kind);
  });
});
