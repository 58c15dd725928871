import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readableFormats, readImage, type Image, type Pixels } from "@tintype/image-core";
import {
  decodeAvif,
  deviation,
  encodeHeic,
  gradient,
  judges,
  paint,
} from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import { builtInExporters, encode } from "./encode.ts";
import { flattened } from "./flattened.ts";

const outputs = builtInExporters.all.filter(({ choose }) => !choose).map(({ name }) => name);

/** Of a size that no format has to change: an icon's square. */
const side = 48;
const opaque = gradient(side, side);
/** A picture with transparent and opaque parts alone, which also GIF can hold. */
const cutOut = paint(side, side, 4, (x, y, channel) =>
  channel === 3 ? (x > 9 && y > 9 ? 255 : 0) : [x * 5, y * 5, 90][channel]!,
);

/** Options with which a format changes the picture least. */
const best: Readonly<Record<string, object>> = {
  jpeg: { quality: 100, chromaSubsampling: "4:4:4" },
  webp: { mode: "lossless" },
  avif: { quality: 95 },
  gif: { dither: 0 },
  ico: { sizes: [side] },
};

const write = (image: Image, format: string) => encode(image, { format, ...best[format] });

/** What a program makes of a picture's file, both on the disk; undefined where it isn't installed. */
async function converted(
  image: Image,
  [from, to]: readonly [from: string, to: string],
  convert: (fromPath: string, toPath: string) => boolean,
): Promise<Buffer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "matrix-"));
  const [source, made] = [join(folder, `a.${from}`), join(folder, `a.${to}`)];
  await writeFile(source, (await write(image, from)).data);
  const file = convert(source, made) ? await readFile(made) : undefined;
  await rm(folder, { recursive: true });
  return file;
}

const sources = new Map<string, Buffer>();
for (const format of readableFormats) {
  const file =
    format === "heic"
      ? await converted(opaque, ["png", "heic"], encodeHeic)
      : (await write(opaque, format)).data;
  if (file) sources.set(format, file);
}

/** Levels of 255 by which a file in few colors, or with loss, may differ on average. */
const tolerance = 7;

async function onWhite(pixels: Pixels): Promise<Pixels> {
  return flattened(pixels, "#ffffff");
}

describe.each(readableFormats)("%s becomes", (from) => {
  test.skipIf(!sources.has(from)).each(outputs)("%s", async (to) => {
    const source = await readImage(sources.get(from) as Buffer);
    expect(source.source.format).toBe(from);
    const file = await write(source, to);
    const made = await readImage(file.data);
    expect(made.source).toMatchObject({ format: to, width: side, height: side });
    const shown = await onWhite(await made.pixels());
    expect(deviation(shown, await opaque.pixels()).mean).toBeLessThan(tolerance);
  });
});

describe.each(judges)("$name opens", (judge) => {
  test.each(outputs.filter((format) => judge.opens.includes(format)))(
    "%s, with the same size, transparency and colors",
    async (format) => {
      for (const image of [opaque, cutOut]) {
        const seen = await judge.look((await write(image, format)).data, format);
        expect([seen.width, seen.height]).toEqual([side, side]);
        const expected = await onWhite(await image.pixels());
        expect(deviation(await onWhite(seen), expected).mean).toBeLessThan(tolerance);
        const clear = builtInExporters.get(format).alpha && image.hasAlpha;
        expect(seen.data.some((sample, at) => at % 4 === 3 && sample === 0)).toBe(clear);
      }
    },
  );
});

const asLibheifSees = await Promise.all(
  [opaque, cutOut].map(
    async (image) => [image, await converted(image, ["avif", "png"], decodeAvif)] as const,
  ),
);

// Neither of the judges reads AVIF: ImageMagick 6 loses its transparency.
test.skipIf(!asLibheifSees[0]?.[1])(
  "libheif opens avif, with the same size, transparency and colors",
  async () => {
    for (const [image, png] of asLibheifSees) {
      const seen = await readImage(png as Buffer);
      expect([seen.width, seen.height, seen.hasAlpha]).toEqual([side, side, image.hasAlpha]);
      const expected = await onWhite(await image.pixels());
      expect(deviation(await onWhite(await seen.pixels()), expected).mean).toBeLessThan(tolerance);
    }
  },
);

/** What is wholly transparent has no color that has to be kept. */
function visible(samples: Buffer): Buffer {
  return Buffer.from(samples.map((sample, at) => (samples[at - (at % 4) + 3] === 0 ? 0 : sample)));
}

test("formats without loss give a cut-out back to the byte", async () => {
  for (const format of ["png", "webp", "tiff", "bmp", "ico", "svg"]) {
    const { data } = await (await readImage((await write(cutOut, format)).data)).pixels();
    const { data: expected } = await cutOut.pixels();
    expect([format, visible(data).equals(visible(expected))]).toEqual([format, true]);
  }
});
