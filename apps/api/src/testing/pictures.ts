import { existsSync, readdirSync, readFileSync } from "node:fs";

import { sharp } from "@tintype/image-core";

/** A small cut-out: a disc on transparency. */
export async function cutout(width = 96, height = 72): Promise<Buffer> {
  const radius = Math.min(width, height) / 3;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="${width / 2}" cy="${height / 2}" r="${radius}" fill="#d8432f"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A 2560 × 1440 cut-out as cameras and segmentation make them: 960 × 640 of noisy content with soft edges. */
export async function photographicCutout(): Promise<Buffer> {
  const [width, height] = [2560, 1440];
  const data = Buffer.alloc(width * height * 4);
  let noise = 1;
  for (let y = 400; y < 1040; y += 1) {
    for (let x = 800; x < 1760; x += 1) {
      const distance = Math.hypot((x - 1280) / 480, (y - 720) / 320);
      const alpha = Math.max(0, Math.min(1, (1 - distance) * 20)) * 255;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
        data[at + channel] = ((x + channel * 40) >> 3) + (y >> 4) + (noise >>> 28);
      }
      data[at + 3] = alpha;
    }
  }
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** A JPEG of noise, which is the hardest to encode. */
export async function noisyJpeg(width: number, height: number): Promise<Buffer> {
  const grain = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const create = { width, height, channels: 3, background: "#000", noise: grain } as const;
  return sharp({ create }).jpeg({ quality: 60 }).toBuffer();
}

// Real pictures of other projects stand beside the repository where it is developed, and nowhere else.
const fixtureFolder = new URL("../../../../../shared/fixtures/", import.meta.url);

/** The real pictures by their file names; none where they are not at hand. */
export const fixtures: readonly (readonly [name: string, read: () => Buffer])[] = existsSync(
  fixtureFolder,
)
  ? readdirSync(fixtureFolder)
      .filter((name) => !name.endsWith(".md"))
      .map((name) => [name, () => readFileSync(new URL(name, fixtureFolder))] as const)
  : [];
