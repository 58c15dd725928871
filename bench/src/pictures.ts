import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sharp, { type Sharp } from "sharp";

import { seededNoise } from "./seeded-noise.ts";

/** Where the pictures are kept between runs; the version stands for how they are made. */
const folder = join(tmpdir(), "tintype-bench-pictures-4");
/** Photographs that nobody here took: Debian's package mate-backgrounds, that `bench/install-peers.sh` installs. */
const wallpapers = "/usr/share/backgrounds/mate";
/** Cut-outs of other projects, where they lie beside this one. */
const fixtures = new URL("../../../shared/fixtures/", import.meta.url).pathname;

/** A painting photographed, full of detail, of 17.9 megapixels; and drops of rain from near, smooth but for fine noise. */
type Photograph = "abstract/Elephants_5640x3172.jpg" | "nature/RainDrops.jpg";
const detailed = "abstract/Elephants_5640x3172.jpg";
const smooth = "nature/RainDrops.jpg";

/** How each picture is made, by file name; a name such as `photo-12mp.jpg` may carry a size. */
const makers: readonly [RegExp, (size: number) => Sharp | Promise<Sharp>][] = [
  [/^smooth\.png$/u, () => framed(photograph(smooth, 1920, 1080))],
  [/^detailed\.png$/u, () => framed(photograph(detailed, 1920, 1080))],
  [/^flat\.png$/u, () => framed(graphic(1920, 1080))],
  [/^square-(\d+)\.png$/u, (side) => photograph(detailed, side, side).png()],
  [/^cut-out\.png$/u, () => cutOut(2560, 1440)],
  [/^photo-(\d+)mp\.jpg$/u, (size) => ofMegapixels(size).jpeg({ quality: 90 })],
  [/^progressive-(\d+)mp\.jpg$/u, (size) => ofMegapixels(size).jpeg({ progressive: true })],
  [/^upload\.png$/u, () => openNoise(4200, 4000).png({ compressionLevel: 0 })],
  [/^small\.png$/u, () => photograph(detailed, 160, 120).png()],
  [/^small\.jpg$/u, () => photograph(detailed, 512, 512).jpeg({ quality: 90 })],
];

/** The path of a picture that the measurements use; made on first use, and the same on every machine of equal software. */
export async function picture(name: string): Promise<string> {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const [pattern, make] = makers.find(([known]) => known.test(name)) ?? [];
  if (!pattern || !make) throw new Error(`nobody knows how to make the picture ${name}`);
  await mkdir(folder, { recursive: true });
  const made = await make(Number(pattern.exec(name)?.[1]));
  await made.toFile(`${path}.new`);
  await rename(`${path}.new`, path);
  return path;
}

function photograph(name: Photograph, width: number, height: number): Sharp {
  const path = join(wallpapers, name);
  const source = existsSync(path) ? sharp(path) : seededPhotograph();
  return source.resize({ width, height, fit: "cover" });
}

/** Octaves of noise: large soft shapes under ever finer and weaker ones, as in a photograph. */
function seededPhotograph(): Sharp {
  const octaves = [8, 40, 200, 1000].map((side, index) => ({
    input: scaledNoise(side, 2725, 2225),
    weight: 0.5 ** index,
  }));
  const [first, ...finer] = octaves;
  if (!first) throw new Error("no octaves");
  return sharp(first.input).composite(
    finer.map(({ input }) => ({ input, blend: "soft-light" as const })),
  );
}

function scaledNoise(side: number, width: number, height: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><filter id="n"><feTurbulence baseFrequency="${side / 4000}" numOctaves="3" seed="${side}"/></filter><rect width="100%" height="100%" filter="url(#n)"/></svg>`,
  );
}

function openNoise(width: number, height: number): Sharp {
  return sharp(seededNoise(width * height * 3), { raw: { width, height, channels: 3 } });
}

function graphic(width: number, height: number): Sharp {
  const bars = Array.from(
    { length: 12 },
    (_, at) =>
      `<rect x="${120 + at * 140}" y="${900 - at * 55}" width="100" height="${at * 55 + 60}" rx="14" fill="hsl(${at * 28} 65% 50%)"/><text x="${125 + at * 140}" y="1010" font-size="30">${at * 17} %</text>`,
  );
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f6f1e7"/><circle cx="420" cy="330" r="230" fill="#24555f"/>${bars.join("")}</svg>`,
    ),
  );
}

/** As RGBA, with corners that fade out. */
async function framed(opened: Sharp | Promise<Sharp>): Promise<Sharp> {
  const { data, info } = await (
    await opened
  )
    .removeAlpha()
    .png()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><filter id="soft"><feGaussianBlur stdDeviation="3"/></filter><rect x="8" y="8" width="${width - 16}" height="${height - 16}" rx="60" filter="url(#soft)"/></svg>`;
  return sharp(data)
    .ensureAlpha()
    .composite([{ input: Buffer.from(frame), blend: "dest-in" }])
    .png();
}

/** A thing about 960 × 640 px in size with soft edges, in the middle of nothing. */
async function cutOut(width: number, height: number): Promise<Sharp> {
  const ready = join(fixtures, "animal-1-cutout.png");
  const thing = existsSync(ready)
    ? await sharp(ready).trim({ threshold: 10 }).resize(960, 640, { fit: "inside" }).toBuffer()
    : await sharp(await photograph(detailed, 960, 640).ensureAlpha().png().toBuffer())
        .composite([{ input: softEllipse(960, 640), blend: "dest-in" }])
        .png()
        .toBuffer();
  return sharp({ create: { width, height, channels: 4, background: "#00000000" } })
    .composite([{ input: thing }])
    .png();
}

function softEllipse(width: number, height: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><filter id="soft"><feGaussianBlur stdDeviation="2"/></filter><ellipse cx="${width / 2}" cy="${height / 2}" rx="${width / 2 - 8}" ry="${height / 2 - 8}" filter="url(#soft)"/></svg>`,
  );
}

/** Sixteen to nine, and never more pixels than said. */
function ofMegapixels(megapixels: number): Sharp {
  const height = Math.floor(Math.sqrt((megapixels * 1e6 * 9) / 16));
  return photograph(detailed, Math.floor((height * 16) / 9), height);
}
