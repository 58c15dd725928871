import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

import { createOpenCvRemovers } from "@tintype/background-opencv";
import { builtInExporters, encode } from "@tintype/exporters";
import {
  builtInSteps,
  imageFromPixels,
  readImage,
  recipe,
  runSteps,
  sharp,
  type Image,
  type Pixels,
} from "@tintype/image-core";

import { closeCutOut, cutOut, load, scene, studio } from "./example-samples.ts";

/** What came of one documented example. */
export interface ExamplePicture {
  /** Below `docs/`. */
  readonly path: string;
  /** In words, the same on every machine. */
  readonly text: string;
  /** A small WebP of it, transparency shown as a checkerboard. */
  readonly file: Buffer;
}

/** The samples of steps that show nothing on a photograph. */
const samples: ReadonlyMap<string, Image> = new Map([
  ...["auto-crop", "trim", "flatten", "background", "shadow"].map(
    (name) => [name, cutOut] as const,
  ),
  ["reflection", closeCutOut],
  ["remove-background", studio],
]);

/** Runs every documented example of the steps, in the order of the declarations. */
export async function stepPictures(): Promise<ReadonlyMap<string, ExamplePicture>> {
  await using removers = createOpenCvRemovers();
  const engines = new Map(Object.entries(removers));
  const backgroundRemover = (engine: string) => engines.get(engine) ?? removers.auto;
  return await examplePictures("steps", builtInSteps.all, async (name, example) => {
    const sample = samples.get(name) ?? scene;
    const call = recipe({ step: name, ...example });
    const { image } = await runSteps(sample, call, { load, backgroundRemover });
    const from = `${sample.width} × ${sample.height}`;
    const to = `${image.width} × ${image.height}`;
    return { image, text: from === to ? `${to} px` : `${from} → ${to} px` };
  });
}

/** Runs every documented example of the formats; what is shown is the file, read again. */
export async function formatPictures(): Promise<ReadonlyMap<string, ExamplePicture>> {
  return examplePictures("formats", builtInExporters.all, async (format, example) => {
    const sample = builtInExporters.get(format).alpha ? cutOut : scene;
    const { data, ...file } = await encode(sample, { format, ...example });
    const image = await readImage(data);
    return { image, text: `\`${file.mediaType}\`, ${image.width} × ${image.height} px` };
  });
}

/** The key of an example in the maps above. */
export function exampleKey(name: string, index: number): string {
  return `${name}-${index + 1}`;
}

interface Declared {
  readonly name: string;
  readonly examples: readonly object[];
}

async function examplePictures(
  folder: string,
  declarations: readonly Declared[],
  run: (name: string, example: object) => Promise<{ readonly image: Image; readonly text: string }>,
): Promise<ReadonlyMap<string, ExamplePicture>> {
  const pictures = new Map<string, ExamplePicture>();
  for (const { name, examples } of declarations) {
    for (const [index, example] of examples.entries()) {
      const key = exampleKey(name, index);
      const { image, text } = await run(name, example);
      pictures.set(key, { path: `pictures/${folder}/${key}.webp`, text, file: await shown(image) });
    }
  }
  return pictures;
}

/** The longest sides of what a page shows, in px. */
const frame = { width: 240, height: 180, fit: "inside", withoutEnlargement: true } as const;

async function shown(image: Image): Promise<Buffer> {
  const small = await imageFromPixels(await image.pixels())
    .open()
    .resize(frame)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = small.info;
  const board = Buffer.from(
    Array.from({ length: width * height }, (_, at) => {
      return (((at % width) >> 3) + (Math.trunc(at / width) >> 3)) % 2 ? 214 : 240;
    }),
  );
  return sharp(board, { raw: { width, height, channels: 1 } })
    .toColourspace("srgb")
    .composite([{ input: small.data, raw: { width, height, channels: 4 } }])
    .webp({ quality: 78 })
    .toBuffer();
}

/** The most by which a sample of two pictures, reduced to 40 px, may differ where both show the same. */
const alike = 12;

/**
 * Writes the pictures that are missing or no longer look alike, and drops those of examples that are gone; with
 * `isCheck` only names them. Bytes are not compared: encoders round differently from machine to machine.
 */
export async function syncPictures(
  docs: URL,
  pictures: readonly ExamplePicture[],
  isCheck: boolean,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { path, file } of pictures) {
    const place = new URL(path, docs);
    const present = await readFile(place).catch(() => undefined);
    if (present && (await differ(present, file)) <= alike) continue;
    stale.push(path);
    if (isCheck) continue;
    await mkdir(new URL(".", place), { recursive: true });
    await writeFile(place, file);
  }
  const wanted = new Set(pictures.map(({ path }) => path));
  const found = await readdir(new URL("pictures/", docs), { recursive: true }).catch(() => []);
  for (const name of found.filter((one) => one.endsWith(".webp"))) {
    const path = `pictures/${name}`;
    if (wanted.has(path)) continue;
    stale.push(path);
    if (!isCheck) await rm(new URL(path, docs));
  }
  return stale;
}

async function differ(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map(pixelsOf));
  if (!a || !b || a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY;
  const [small, reference] = await Promise.all([a, b].map(reduced));
  return Math.max(...(small ?? []).map((value, at) => Math.abs(value - (reference?.[at] ?? 0))));
}

/** Few enough samples that an encoder's rounding is gone, and a part that is missing is not. */
async function reduced(pixels: Pixels): Promise<readonly number[]> {
  const small = imageFromPixels(pixels).open().removeAlpha().resize({ width: 40 });
  return Array.from(await small.raw().toBuffer());
}

async function pixelsOf(file: Buffer): Promise<Pixels | undefined> {
  try {
    return await (await readImage(file)).pixels();
  } catch {
    return undefined;
  }
}
