/** The pictures that documented examples are run on: drawn here, so that they are the same everywhere and nobody's property. */
import { readFile } from "node:fs/promises";

import {
  background,
  crop,
  imageFromPixels,
  pad,
  readImage,
  recipe,
  resize,
  runSteps,
  trim,
  type Image,
  type StepCall,
} from "@tintype/image-core";

const size = { width: 640, height: 480 };

function drawing(inside: string): Buffer {
  const { width, height } = size;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`,
  );
}

const room = drawing(`
  <defs>
    <linearGradient id="wall" x2="1" y2="1"><stop offset="0" stop-color="#f1dfc4"/><stop offset="1" stop-color="#c99f78"/></linearGradient>
    <linearGradient id="desk" x2="0" y2="1"><stop offset="0" stop-color="#6d4a36"/><stop offset="1" stop-color="#37241b"/></linearGradient>
    <linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#3f7fb5"/><stop offset="1" stop-color="#cfe6ee"/></linearGradient>
  </defs>
  <rect width="640" height="350" fill="url(#wall)"/><rect y="350" width="640" height="130" fill="url(#desk)"/>
  <rect x="40" y="30" width="170" height="125" fill="#fff" stroke="#584031" stroke-width="7"/><rect x="52" y="42" width="146" height="101" fill="url(#sky)"/>
  <circle cx="160" cy="72" r="15" fill="#fff2b0"/><path d="M52 143 L92 88 L122 122 L148 98 L198 143 Z" fill="#3c6b4b"/>
  <path d="M500 350 q-12 -70 -52 -96 q46 0 60 46 q-4 -74 26 -122 q22 54 2 122 q20 -44 62 -52 q-40 40 -50 102 Z" fill="#3f7d46"/>
  <path d="M478 338 h92 l-14 62 h-64 Z" fill="#b4532f"/>
  <rect x="72" y="372" width="120" height="14" rx="3" fill="#c8452f"/><rect x="80" y="358" width="108" height="14" rx="3" fill="#2f6f8f"/>`);

const sea = drawing(`
  <defs><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#5aa0d6"/><stop offset="1" stop-color="#fbe3c0"/></linearGradient></defs>
  <rect width="640" height="480" fill="url(#sky)"/><rect y="280" width="640" height="90" fill="#2c7c93"/><path d="M0 350 q320 -40 640 20 v110 H0 Z" fill="#e8cf9c"/>`);

const disc = drawing(
  `<circle cx="320" cy="240" r="190" fill="#fff"/><circle cx="320" cy="240" r="90" fill="#888"/>`,
);

const badge = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120"><circle cx="60" cy="60" r="56" fill="#d8432f"/><path d="M60 22 L70 50 L100 50 L76 68 L86 98 L60 80 L34 98 L44 68 L20 50 L50 50 Z" fill="#fff"/></svg>`,
);

/** The camera of the README, cut out, in the middle of a transparent picture. */
const camera = await decoded(
  await readImage(await readFile(new URL("../examples/cutout.png", import.meta.url))),
  [crop({ left: 140, top: 60, width: 720, height: 540 }), resize({ width: 640 })],
);

/** Files that examples refer to, by the names that they use. */
const references: Readonly<Record<string, Buffer>> = {
  "beach.jpg": sea,
  "mask.png": disc,
  "logo.png": badge,
};

/** Opens a picture that an example refers to. */
export async function load(reference: string): Promise<Image> {
  const file = references[reference];
  if (!file) throw new Error(`No sample is named ${reference}: draw one in example-samples.ts.`);
  return readImage(file);
}

/** A camera on a desk, as a photograph would show it. */
export const scene = await overRoom();

/** The same before an even backdrop, as it comes from a studio or a picture generator. */
export const studio = await decoded(camera, [background({ color: "#2f6fd0" })]);

/** The camera alone, cut out, without anything around it. */
export const closeCutOut = await decoded(camera, [trim(), pad({ left: 20, right: 20 })]);

export { camera as cutOut };

async function overRoom(): Promise<Image> {
  const small = await decoded(camera, [resize({ width: 490 })]);
  const step = { step: "composite", image: "camera", x: 75, y: 90 };
  const result = await runSteps(await readImage(room), recipe(step), { load: async () => small });
  return imageFromPixels(await result.image.pixels());
}

async function decoded(image: Image, steps: readonly StepCall[]): Promise<Image> {
  return imageFromPixels(await (await runSteps(image, recipe(...steps))).image.pixels());
}
