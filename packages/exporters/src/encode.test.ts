import {
  createRegistry,
  imageFromPixels,
  pad,
  parseInput,
  readImage,
  sharp,
  type Image,
} from "@tintype/image-core";
import {
  deviation,
  fixture,
  fixturesPresent,
  gradient,
  pixelAt,
  run,
  solid,
} from "@tintype/image-core/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { defineExporter, type OutputCall } from "./define-exporter.ts";
import { builtInExporters, encode, type EncodedImage } from "./encode.ts";
import { flattened } from "./flattened.ts";
import { avif } from "./formats/avif.ts";
import { jpeg } from "./formats/jpeg.ts";
import { png } from "./formats/png.ts";
import { webp } from "./formats/webp.ts";

/** The pixels of an encoded file. */
async function decoded({ data }: EncodedImage) {
  return (await readImage(data)).pixels();
}

/** What chooses another format writes none of its own. */
const written = builtInExporters.all.filter(({ choose }) => !choose).map(({ name }) => name);

describe.each(written)("%s", (format) => {
  const exporter = builtInExporters.get(format);

  test.each(exporter.examples)("writes a file that opens again with %j", async (example) => {
    for (const channels of [3, 4] as const) {
      const file = await encode(gradient(33, 21, channels), { format, ...example });
      const { source } = await readImage(file.data);
      const shape = format === "ico" ? { width: 32, height: 32 } : { width: 33, height: 21 };
      expect(source).toMatchObject({ format, mediaType: exporter.mediaType, ...shape, pages: 1 });
      expect(file).toMatchObject({ format, ...shape, mediaType: exporter.mediaType, warnings: [] });
      expect(file.extension).toBe(exporter.extension);
    }
  });

  test("has transparency where the picture has it and the format can hold it", async () => {
    for (const channels of [3, 4] as const) {
      const { source } = await readImage(
        (await encode(gradient(33, 21, channels), { format })).data,
      );
      const always = format === "svg" || format === "ico";
      expect(source.hasAlpha).toBe(always || (channels === 4 && exporter.alpha));
    }
  });

  test("gives the same bytes for the same image, whoever asked for its pixels before", async () => {
    const { data } = await encode(gradient(33, 21), png());
    const bytes = await sharp(data).withMetadata({ density: 300 }).png().toBuffer();
    const [fresh, used] = [await readImage(bytes), await readImage(bytes)];
    await used.pixels();
    const first = await encode(fresh, { format });
    expect((await encode(used, { format })).data).toEqual(first.data);
    expect((await encode(fresh, { format })).data).toEqual(first.data);
  });

  test("is close to the picture", async () => {
    const image = gradient(64, 64);
    const options = format === "ico" ? { sizes: [64] } : {};
    const file = await decoded(await encode(image, { format, ...options }));
    const opaque = await flattened(file, "#ffffff");
    expect(deviation(opaque, await image.pixels()).mean).toBeLessThan(4);
  });

  test("tells what each of its options is", () => {
    for (const [option, schema] of Object.entries(exporter.options.shape)) {
      expect([option, schema.description ?? ""]).toEqual([option, expect.stringMatching(/\.$/u)]);
    }
  });
});

describe("what is written without loss comes back to the byte", () => {
  test.each([
    ["PNG", png()],
    ["PNG, packed hard", png({ compressionLevel: 9 })],
    ["PNG, not packed", png({ compressionLevel: 0 })],
    ["PNG, interlaced", png({ progressive: true })],
    ["WebP", webp({ mode: "lossless" })],
    ["TIFF", { format: "tiff" }],
    ["TIFF by deflate", { format: "tiff", compression: "deflate" }],
    ["TIFF by packbits", { format: "tiff", compression: "packbits", predictor: "none" }],
    ["BMP", { format: "bmp" }],
    ["AVIF", avif({ lossless: true, effort: 0 })],
  ])("%s", async (_what, output) => {
    await fc.assert(
      fc.asyncProperty(
        // A picture of one opaque pixel would come back without alpha: WebP stores none where all is opaque.
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 40 }),
        async (width, height) => {
          const image = gradient(width, height, 4);
          expect(await decoded(await encode(image, output))).toEqual(await image.pixels());
        },
      ),
      { numRuns: 10 },
    );
  });
});

const noise = await sharp({
  create: {
    width: 96,
    height: 96,
    channels: 3,
    background: "#000",
    noise: { type: "gaussian", mean: 128, sigma: 40 },
  },
})
  .raw()
  .toBuffer();
const noisy = imageFromPixels({ data: noise, width: 96, height: 96, channels: 3 });

async function size(output: OutputCall): Promise<number> {
  return (await encode(noisy, output)).data.length;
}

describe("options reach the encoder", () => {
  test("quality", async () => {
    for (const format of ["jpeg", "webp", "avif"]) {
      expect(await size({ format, quality: 10 })).toBeLessThan(await size({ format, quality: 90 }));
    }
  });

  test("compression level and palette of PNG", async () => {
    expect(await size(png({ compressionLevel: 9 }))).toBeLessThan(
      await size(png({ compressionLevel: 0 })),
    );
    const { data } = await encode(gradient(64, 64), png({ palette: true, colors: 16 }));
    expect(await sharp(data).metadata()).toMatchObject({ isPalette: true });
    const { data: pixels } = await sharp(data).raw().toBuffer({ resolveWithObject: true });
    const colors = new Set(
      Array.from({ length: 64 * 64 }, (_, at) =>
        pixels.subarray(at * 3, at * 3 + 3).toString("hex"),
      ),
    );
    expect(colors.size).toBeLessThanOrEqual(16);
  });

  test("interlacing", async () => {
    for (const output of [png({ progressive: true }), jpeg({ progressive: true })]) {
      const { data } = await encode(noisy, output);
      expect(await sharp(data).metadata()).toMatchObject({ isProgressive: true });
    }
    const { data } = await encode(noisy, jpeg());
    expect(await sharp(data).metadata()).toMatchObject({ isProgressive: false });
  });

  test("chroma subsampling of JPEG, mozjpeg too", async () => {
    for (const chromaSubsampling of ["4:2:0", "4:4:4"] as const) {
      for (const mozjpeg of [false, true]) {
        const { data } = await encode(noisy, jpeg({ chromaSubsampling, mozjpeg }));
        expect(await sharp(data).metadata()).toMatchObject({ chromaSubsampling });
      }
    }
    expect(await size(jpeg({ mozjpeg: true }))).toBeLessThan(await size(jpeg()));
  });

  test("modes of WebP", async () => {
    const [lossy, near, lossless] = await Promise.all(
      (["lossy", "near-lossless", "lossless"] as const).map((mode) =>
        size(webp({ mode, quality: 40 })),
      ),
    );
    expect(lossy).toBeLessThan(near as number);
    expect(near).toBeLessThan(lossless as number);
  });
});

describe("encode", () => {
  test("lays what is transparent on the named color where a format has no alpha", async () => {
    const image = solid(16, 16, 0, 0, 0, 0);
    const center = async (output: OutputCall) =>
      pixelAt(await decoded(await encode(image, output)), 8, 8);
    expect(await center(jpeg())).toEqual([255, 255, 255]);
    const [r = 0, g = 0, b = 0] = await center(jpeg({ background: "#ff6347", quality: 100 }));
    expect(Math.max(Math.abs(r - 255), Math.abs(g - 99), Math.abs(b - 71))).toBeLessThan(4);
  });

  test("refuses options that don't fit, and unknown formats", async () => {
    const image = solid(2, 2, 0, 0, 0);
    for (const output of [
      { format: "psd" },
      { format: "jpeg", quality: 0 },
      { format: "webp", mode: "lossless", maxBytes: 1000 },
      { format: "avif", lossless: true, target: 0.9 },
      { format: "jpeg", quality: 101 },
      { format: "png", quality: 80 },
      { format: "png", compressionLevel: 10 },
      { format: "webp", keep: ["place"] },
    ]) {
      await expect(encode(image, output)).rejects.toMatchObject({
        kind: "invalid_input",
        code: "output.invalid",
      });
    }
    await expect(encode(image, { format: "psd" })).rejects.toThrow(
      'Unknown format "psd". Known: png, jpeg, webp, avif, gif, tiff, bmp, svg, ico, auto.',
    );
  });

  test.each([
    ["webp", 16_383],
    ["jpeg", 65_500],
    ["avif", 16_384],
  ])("refuses a picture that is too long for %s", async (format, most) => {
    await expect(encode(solid(most + 1, 1, 0, 0, 0), { format })).rejects.toMatchObject({
      kind: "unsupported",
      code: "output.too_large",
      details: { format, width: most + 1, height: 1, maxSide: most },
    });
    await expect(encode(solid(most, 1, 0, 0, 0), { format })).resolves.toMatchObject({
      width: most,
    });
  });

  test("says that a cut source is damaged", async () => {
    const whole = (await encode(await padded(), jpeg())).data;
    const image = await readImage(whole.subarray(0, whole.length >> 1));
    await expect(encode(image, png())).rejects.toMatchObject({ code: "image.corrupt" });
  });

  test("names the format that fails, and hides why", async () => {
    const failing = defineExporter({
      name: "odd",
      summary: "Fails.",
      examples: [{}],
      options: z.strictObject({}),
      mediaType: "image/x-odd",
      extension: "odd",
      alpha: true,
      encode: () => {
        throw new Error("/srv/secret");
      },
    });
    const registry = createRegistry("format", [...builtInExporters.all, failing]);
    await expect(encode(solid(2, 2, 0, 0, 0), failing(), { registry })).rejects.toMatchObject({
      kind: "processing",
      code: "output.failed",
      message: "The picture could not be written as odd.",
    });
  });

  test("writes a user's own format through a registry", async () => {
    const film = defineExporter({
      name: "film",
      summary: "Few colors.",
      examples: [{}],
      options: z.strictObject({ colors: z.int().min(2).max(256).default(16) }),
      mediaType: "image/gif",
      extension: "gif",
      alpha: true,
      encode: (picture, { colors }) => picture.gif({ colours: colors }),
    });
    const registry = createRegistry("format", [...builtInExporters.all, film]);
    const file = await encode(gradient(20, 20), film({ colors: 4 }), { registry });
    expect((await readImage(file.data)).source.format).toBe("gif");
    const call = parseInput(registry.schema, film(), { what: "output", code: "output.invalid" });
    expect(call).toEqual({ format: "film", colors: 16 });
  });

  test.skipIf(!fixturesPresent)(
    "writes 16-bit gray as 8-bit color, whatever came before",
    async () => {
      const { data } = await encode(await readImage(fixture("grey-alpha-16bit.png")), png());
      expect((await readImage(data)).source).toMatchObject({ depth: 8, colorSpace: "srgb" });
    },
  );
});

async function padded(): Promise<Image> {
  return imageFromPixels(await run(gradient(90, 90), [pad({ all: 9, background: "#123" })]));
}
