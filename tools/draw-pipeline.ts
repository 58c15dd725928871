/** Draws `docs/pipeline.svg`, the picture of the pipeline in the README, from what the pipeline makes of the sample. */
import { readFile, writeFile } from "node:fs/promises";

import { encode, png } from "@tintype/exporters";
import {
  autoCrop,
  readImage,
  recipe,
  resize,
  runSteps,
  shadow,
  type Image,
  type StepCall,
} from "@tintype/image-core";

const root = new URL("../", import.meta.url);
const source = await readImage(await readFile(new URL("examples/cutout.png", root)));
const after = async (image: Image, ...steps: readonly StepCall[]) =>
  (await runSteps(image, recipe(...steps))).image;

const cropped = await after(source, autoCrop());
const shadowed = await after(cropped, shadow());
const stages = [
  { title: "source", note: sizeOf(source), image: source, width: 190 },
  { title: "auto-crop", note: sizeOf(cropped), image: cropped, width: 170 },
  { title: "shadow", note: sizeOf(shadowed), image: shadowed, width: 190 },
];
const variants = [
  { title: "processed", note: "PNG", width: 150 },
  { title: "grid", note: "WebP, inside 400 × 300", width: 74 },
  { title: "detail", note: "WebP, inside 1200 × 900", width: 118 },
];

const parts: string[] = [];
let x = 20;
for (const [index, { title, note, image, width }] of stages.entries()) {
  const height = (width * image.height) / image.width;
  if (index > 0) parts.push(arrow(x - 34, 170, x - 6, 170));
  parts.push(await picture(image, x, 170 - height / 2, width));
  parts.push(label(x + width / 2, 264, title, note));
  x += width + 40;
}
for (const [index, { title, note, width }] of variants.entries()) {
  const middle = 62 + index * 118;
  const height = (width * shadowed.height) / shadowed.width;
  parts.push(arrow(x - 34, 170, x - 2, middle + (170 - middle) * 0.12));
  parts.push(await picture(shadowed, x + 75 - width / 2, middle - height / 2, width));
  parts.push(label(x + 258, middle - 2, title, note));
}

await writeFile(
  new URL("docs/pipeline.svg", root),
  `<svg xmlns="http://www.w3.org/2000/svg" width="1060" height="360" viewBox="0 0 1060 360" role="img" aria-label="A cut-out is cropped, gets a shadow, and is exported as three files.">
<style>text{font:14px system-ui,sans-serif;text-anchor:middle;fill:#3a342c}.note{font-size:12px;fill:#857b6c}path{fill:none;stroke:#a89b86;stroke-width:2}</style>
<defs>
<pattern id="clear" width="16" height="16" patternUnits="userSpaceOnUse"><rect width="16" height="16" fill="#fff"/><path d="M0 0h8v8H0zM8 8h8v8H8z" style="fill:#efece6;stroke:none"/></pattern>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M1 1 7 4 1 7" /></marker>
</defs>
<rect width="1060" height="360" rx="12" fill="#faf8f4"/>
${parts.join("\n")}
</svg>
`,
);

async function picture(image: Image, left: number, top: number, width: number): Promise<string> {
  const height = (width * image.height) / image.width;
  const small = await after(image, resize({ width: Math.round(width * 2) }));
  const { data, mediaType } = await encode(small, png({ palette: true }));
  const place = `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}"`;
  return `<rect ${place} fill="url(#clear)" stroke="#d9d2c5"/><image ${place} href="data:${mediaType};base64,${data.toString("base64")}"/>`;
}

function label(middle: number, top: number, title: string, note: string): string {
  return `<text x="${middle}" y="${top}">${title}</text><text class="note" x="${middle}" y="${top + 18}">${note}</text>`;
}

function arrow(fromX: number, fromY: number, toX: number, toY: number): string {
  return `<path d="M${fromX} ${fromY} ${toX} ${round(toY)}" marker-end="url(#tip)"/>`;
}

function sizeOf({ width, height }: Image): string {
  return `${width} × ${height}`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
