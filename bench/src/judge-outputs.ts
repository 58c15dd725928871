import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sharp, { type Sharp } from "sharp";
import { ssim } from "ssim.js";

import { productPicture } from "./product-picture.ts";
import type { Answer, Task } from "./protocol.ts";
import type { OutputQuality } from "./report.ts";
import type { Contender } from "./start-contender.ts";

/** What each output would be without any loss, by name, as PNG; none where nobody says how it must look. */
export type References = Readonly<Record<string, Buffer>>;

/** Calculates the references of a task from its decoded picture, with every reduction in full. */
export async function referencesFor({ job, input }: Task): Promise<References> {
  const whole = await lossless(sharp(input));
  const within = async (from: Buffer, maxWidth: number, maxHeight: number) => {
    const { width, height } = await sharp(from).metadata();
    const scale = Math.min(1, maxWidth / width, maxHeight / height);
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    return lossless(sharp(from).resize({ ...size, fit: "fill" }));
  };
  if (job === "J1") {
    const flat = await lossless(sharp(whole).flatten({ background: "#ffffff" }));
    return { png: flat, jpeg: flat, webp: flat };
  }
  if (job === "J2") {
    return { normal: await within(whole, 1024, 1024), high: await within(whole, 2048, 2048) };
  }
  if (job === "J3") {
    const { data, info } = await productPicture(sharp(whole), { exact: true });
    const { width, height, channels } = info;
    const processed = await lossless(sharp(data, { raw: { width, height, channels } }));
    return {
      processed,
      grid: await within(processed, 400, 300),
      detail: await within(processed, 1200, 900),
    };
  }
  if (job === "J4") {
    const small = await within(whole, 800, 16_000);
    return { webp: small, jpeg: small, avif: small };
  }
  return {};
}

function lossless(picture: Sharp): Promise<Buffer> {
  return picture.png({ compressionLevel: 1 }).toBuffer();
}

/** Lets a contender do a task once outside the measurement, and compares what it made with the references. */
export async function judgeOutputs(
  contender: Contender,
  task: Task,
  references: References,
): Promise<{ readonly answer: Answer; readonly outputs: readonly OutputQuality[] }> {
  const keep = await mkdtemp(join(tmpdir(), "tintype-bench-judge-"));
  try {
    const answer = await contender.run({ task, copies: 1, keep });
    const outputs = Object.entries(answer.bytes).map(async ([name, bytes]) => {
      const reference = references[name];
      const facts: OutputQuality = { name, bytes };
      if (!reference) return facts;
      const [made, meant] = await Promise.all([
        overGray(sharp(await readFile(join(keep, name)))),
        overGray(sharp(reference)),
      ]);
      if (made.width !== meant.width || made.height !== meant.height) {
        throw new Error(
          `${contender.name} made ${name} ${made.width} × ${made.height} px instead of ${meant.width} × ${meant.height}`,
        );
      }
      return Object.assign(facts, difference(made, meant));
    });
    return { answer, outputs: await Promise.all(outputs) };
  } finally {
    await rm(keep, { recursive: true });
  }
}

interface Opaque {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Over a middle gray, on which both dark and light faults in transparent parts show. */
async function overGray(picture: Sharp): Promise<Opaque> {
  const { data, info } = await picture
    .toColourspace("srgb")
    .flatten({ background: "#808080" })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}

function difference(made: Opaque, meant: Opaque): { psnr?: number; ssim?: number } {
  let sum = 0;
  for (const [index, sample] of made.data.entries())
    sum += (sample - (meant.data[index] ?? 0)) ** 2;
  if (sum === 0) return {};
  // A quarter of the samples is alpha, which is equal everywhere.
  const meanSquare = sum / (made.data.length * 0.75);
  const { mssim } = ssim(made, meant, { ssim: "fast" });
  return { psnr: 10 * Math.log10(255 ** 2 / meanSquare), ssim: mssim };
}
