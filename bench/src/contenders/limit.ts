/**
 * The limit: what sharp can do at best for just these jobs, free of this project's abstractions. One decoding, raw
 * pixels handed over, encoders side by side, as many pictures at once as there are cores. Whoever finds a faster plain
 * way makes it the new limit.
 */
import { createHash } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import sharp, { type OutputInfo, type Sharp } from "sharp";

import { productPicture } from "../product-picture.ts";
import type { Outputs, Task } from "../protocol.ts";
import { serveJobs } from "../serve-jobs.ts";
import { recipesARound, sixSteps } from "../six-steps.ts";

sharp.cache(false);
sharp.concurrency(1);

interface Raw {
  readonly data: Buffer;
  readonly info: OutputInfo;
}

const raw = (picture: Sharp): Promise<Raw> => picture.raw().toBuffer({ resolveWithObject: true });
const opened = ({ data, info: { width, height, channels } }: Raw) =>
  sharp(data, { raw: { width, height, channels } });
const png = { compressionLevel: 3, adaptiveFiltering: true };

// What makes no more bytes than ipx, nearer to the picture by SSIM, at a tenth of its CPU.
const avif = { quality: 50, effort: 1, chromaSubsampling: "4:2:0", tune: "ssim" } as const;

async function thumbnail({ input }: Task): Promise<Outputs> {
  const picture = await raw(sharp(await readFile(input)).flatten({ background: "#ffffff" }));
  return settled({
    png: opened(picture).png(png).toBuffer(),
    jpeg: opened(picture).jpeg({ quality: 85 }).toBuffer(),
    webp: opened(picture).webp({ quality: 80 }).toBuffer(),
  });
}

async function twoVariants({ input, folder }: Task): Promise<Outputs> {
  const picture = await raw(sharp(await readFile(input)));
  const within = (side: number) =>
    opened(picture).resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
  const files = await settled({
    normal: within(1024).jpeg({ quality: 80 }).toBuffer(),
    high: within(2048).webp({ quality: 95 }).toBuffer(),
  });
  await Promise.all(Object.entries(files).map(([name, bytes]) => store(join(folder, name), bytes)));
  return files;
}

async function product({ input }: Task): Promise<Outputs> {
  const picture = await productPicture(sharp(await readFile(input)));
  const { width, height } = picture.info;
  const within = (maxWidth: number, maxHeight: number) => {
    const scale = Math.min(1, maxWidth / width, maxHeight / height);
    // With sharp's own `inside` the picture keeps its exact proportions and loses part of a row instead.
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    return opened(picture).resize({ ...size, fit: "fill" });
  };
  return settled({
    processed: opened(picture).png(png).toBuffer(),
    grid: within(400, 300).webp({ quality: 80 }).toBuffer(),
    detail: within(1200, 900).webp({ quality: 85 }).toBuffer(),
  });
}

async function resized({ input, part }: Task): Promise<Outputs> {
  const picture = sharp(await readFile(input)).resize({
    width: 800,
    withoutEnlargement: true,
    // 7 dB nearer to a full reduction for a tenth more work.
    fastShrinkOnLoad: false,
  });
  const encoded =
    part === "avif"
      ? picture.avif(avif)
      : part === "webp"
        ? picture.webp({ quality: 80 })
        : picture.jpeg({ quality: 80 });
  return { [part === "small" ? "jpeg" : part]: await encoded.toBuffer() };
}

async function look({ input }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  await sharp(bytes).metadata();
  createHash("sha256").update(bytes).digest("hex");
  return {};
}

async function intake({ input, folder }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  await sharp(bytes).metadata();
  const name = createHash("sha256").update(bytes).digest("hex");
  await store(join(folder, name), bytes);
  return {};
}

/** On disk for good, or not at all. */
async function store(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(`${path}.new`, "w");
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
}

async function recipes({ input }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  let last: Buffer = Buffer.alloc(0);
  for (let count = 0; count < recipesARound; count += 1) last = await sixSteps(bytes);
  return { webp: last };
}

async function inARow({ input }: Task): Promise<Outputs> {
  for (let count = 0; count < 16; count += 1)
    await resized({ input, part: "webp", job: "J4", folder: "" });
  return {};
}

async function settled(files: Record<string, Promise<Buffer>>): Promise<Outputs> {
  const named = Object.entries(files).map(async ([name, bytes]) => [name, await bytes] as const);
  return Object.fromEntries(await Promise.all(named));
}

await serveJobs(
  {
    J1: thumbnail,
    J2: twoVariants,
    J3: product,
    J4: resized,
    "J5:look": look,
    "J5:put": intake,
    J6: recipes,
    "all:progressive": inARow,
  },
  { version: `sharp ${sharp.versions.sharp}`, atOnce: availableParallelism() },
);
