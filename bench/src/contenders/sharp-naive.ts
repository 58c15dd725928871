/** sharp as it is often met: its defaults, and an encoded PNG handed from step to step. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import sharp from "sharp";

import type { Outputs, Task } from "../protocol.ts";
import { serveJobs } from "../serve-jobs.ts";

async function thumbnail({ input }: Task): Promise<Outputs> {
  const flat = await sharp(await readFile(input))
    .flatten({ background: "#ffffff" })
    .png()
    .toBuffer();
  return {
    png: await sharp(flat).png({ compressionLevel: 9 }).toBuffer(),
    jpeg: await sharp(flat).jpeg({ quality: 85 }).toBuffer(),
    webp: await sharp(flat).webp({ quality: 80 }).toBuffer(),
  };
}

async function twoVariants({ input, folder }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  const within = (side: number) =>
    sharp(bytes)
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
      .png()
      .toBuffer();
  const normal = await sharp(await within(1024))
    .jpeg({ quality: 80 })
    .toBuffer();
  const high = await sharp(await within(2048))
    .webp({ quality: 95 })
    .toBuffer();
  await writeFile(join(folder, "normal"), normal);
  await writeFile(join(folder, "high"), high);
  return { normal, high };
}

async function product({ input }: Task): Promise<Outputs> {
  const cropped = await sharp(await readFile(input))
    .trim({ threshold: 10 })
    .png()
    .toBuffer();
  const { width, height } = await sharp(cropped).metadata();
  const [x, y] = [Math.max(20, Math.floor(width * 0.05)), Math.max(20, Math.floor(height * 0.05))];
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const padded = await sharp(cropped)
    .extend({ left: x + 45, right: x + 45, top: y + 35, bottom: y + 55, background: clear })
    .png()
    .toBuffer();
  const black = { r: 0, g: 0, b: 0, alpha: 0.35 };
  const canvas = { width: width + 2 * x + 90, height: height + 2 * y + 90, channels: 4 as const };
  const shape = await sharp(cropped)
    .extend({ left: x + 45, right: x + 45, top: y + 45, bottom: y + 45, background: clear })
    .png()
    .toBuffer();
  const shadow = await sharp({ create: { ...canvas, background: black } })
    .composite([{ input: shape, blend: "dest-in" }])
    .png()
    .toBuffer();
  const soft = await sharp(shadow).blur(15).png().toBuffer();
  const processed = await sharp(soft)
    .composite([{ input: padded }])
    .png()
    .toBuffer();
  const within = (w: number, h: number) =>
    sharp(processed).resize({ width: w, height: h, fit: "inside", withoutEnlargement: true });
  return {
    processed,
    grid: await within(400, 300).webp({ quality: 80 }).toBuffer(),
    detail: await within(1200, 900).webp({ quality: 85 }).toBuffer(),
  };
}

async function resized({ input, part }: Task): Promise<Outputs> {
  const whole = await sharp(await readFile(input))
    .png()
    .toBuffer();
  const small = await sharp(whole)
    .resize({ width: 800, withoutEnlargement: true })
    .png()
    .toBuffer();
  const format = part === "small" ? "jpeg" : (part as "webp" | "jpeg" | "avif");
  const quality = format === "avif" ? 50 : 80;
  return { [format]: await sharp(small).toFormat(format, { quality }).toBuffer() };
}

await serveJobs(
  { J1: thumbnail, J2: twoVariants, J3: product, J4: resized },
  { version: `sharp ${sharp.versions.sharp}` },
);
