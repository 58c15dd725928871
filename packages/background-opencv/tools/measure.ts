/** Prints how well the engines agree with given cut-outs: `pnpm measure FOLDER [OUT]`; OUT gets the cut-outs over green. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { FractionalBox, RawPicture, Removal } from "@tintype/generators";
import sharp from "sharp";

import { createOpenCvRemovers } from "../src/index.ts";

const [folder = ".", out] = process.argv.slice(2);
const names = ["car-1", "car-2", "animal-1"];

/** How well two masks agree, 0 to 1: what both hold over what either holds. */
function agreement(mask: Uint8Array, truth: Uint8Array): number {
  let [both, either] = [0, 0];
  for (const [index, value] of mask.entries()) {
    both += Math.min(value, truth[index] ?? 0);
    either += Math.max(value, truth[index] ?? 0);
  }
  return both / either;
}

async function rgb(path: string): Promise<RawPicture> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** The box around what is more than half opaque. */
function boxOf(truth: Uint8Array, width: number, height: number): FractionalBox {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [index, alpha] of truth.entries()) {
    if (alpha < 128) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return {
    left: left / width,
    top: top / height,
    width: (right - left) / width,
    height: (bottom - top) / height,
  };
}

/** The picture over a checkerboard of two grays, as a JPEG: what a picture generator calls transparent. */
async function overChecker(cutout: string, squarePx: number): Promise<RawPicture> {
  const { width, height } = await sharp(cutout).metadata();
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [(at % width) + 5.3, Math.floor(at / width) + 2.8];
    data.fill(
      (Math.floor(x / squarePx) + Math.floor(y / squarePx)) % 2 === 0 ? 255 : 204,
      at * 3,
      at * 3 + 3,
    );
  }
  const painted = await sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: cutout }])
    .jpeg({ quality: 85 })
    .toBuffer();
  const raw = await sharp(painted).raw().toBuffer();
  return { data: raw, width, height, channels: 3 };
}

async function save(
  name: string,
  { width, height, data, channels }: RawPicture,
  { mask, foreground }: Removal,
) {
  if (!out) return;
  mkdirSync(out, { recursive: true });
  const rgba = Buffer.alloc(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++)
      rgba[i * 4 + c] = (foreground ? foreground[i * 3 + c] : data[i * channels + c]) ?? 0;
    rgba[i * 4 + 3] = mask.data[i] ?? 0;
  }
  await sharp(rgba, { raw: { width, height, channels: 4 } })
    .flatten({ background: "#00ff00" })
    .png()
    .toFile(join(out, `${name}.png`));
}

await using removers = createOpenCvRemovers();
const { auto, grabcut, watershed, chroma } = removers;
const rows: string[] = [];

for (const name of names) {
  const cutout = join(folder, `${name}-cutout.png`);
  const truth = await sharp(cutout).extractChannel(3).raw().toBuffer();
  const photo = await rgb(join(folder, `${name}.jpg`));
  const painted = await overChecker(cutout, 17.4);
  const box = boxOf(truth, photo.width, photo.height);
  const trials = [
    { title: "grabcut-box", run: grabcut, picture: photo, options: { box } },
    { title: "grabcut", run: grabcut, picture: photo, options: {} },
    { title: "watershed-box", run: watershed, picture: photo, options: { box } },
    { title: "watershed", run: watershed, picture: photo, options: {} },
    { title: "auto-box", run: auto, picture: photo, options: { box } },
    { title: "chroma-checker", run: chroma, picture: painted, options: {} },
  ];
  for (const { title, run, picture, options } of trials) {
    try {
      const removal = await run.remove(picture, options);
      const part = agreement(removal.mask.data, truth).toFixed(3);
      rows.push(`| ${name} | ${title} | ${part} | ${Math.round(removal.durationMs)} ms |`);
      await save(`${name}-${title}`, picture, removal);
    } catch (error) {
      rows.push(`| ${name} | ${title} | ${String(error)} | |`);
    }
  }
}
process.stdout.write(
  `| picture | engine | agreement | time |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`,
);
