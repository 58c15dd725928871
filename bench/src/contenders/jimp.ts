/** jimp: pure JavaScript, without WebP or AVIF. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { Jimp, JimpMime } from "jimp";

import type { Outputs, Task } from "../protocol.ts";
import { serveJobs } from "../serve-jobs.ts";

async function thumbnail({ input }: Task): Promise<Outputs> {
  const picture = await Jimp.read(await readFile(input));
  const { width, height } = picture.bitmap;
  const flat = new Jimp({ width, height, color: 0xffffffff }).composite(picture);
  return {
    png: await flat.getBuffer(JimpMime.png, { colorType: 2, deflateLevel: 9 }),
    jpeg: await flat.getBuffer(JimpMime.jpeg, { quality: 85 }),
  };
}

async function oneVariant({ input, folder }: Task): Promise<Outputs> {
  const picture = await Jimp.read(await readFile(input));
  if (Math.max(picture.bitmap.width, picture.bitmap.height) > 1024) {
    picture.scaleToFit({ w: 1024, h: 1024 });
  }
  const normal = await picture.getBuffer(JimpMime.jpeg, { quality: 80 });
  await writeFile(join(folder, "normal"), normal);
  return { normal };
}

async function resized({ input }: Task): Promise<Outputs> {
  const picture = await Jimp.read(await readFile(input));
  return { jpeg: await picture.resize({ w: 800 }).getBuffer(JimpMime.jpeg, { quality: 80 }) };
}

await serveJobs({ J1: thumbnail, J2: oneVariant, "J4:jpeg": resized }, { version: "jimp 1.6" });
