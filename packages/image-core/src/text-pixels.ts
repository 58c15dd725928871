import { createRequire } from "node:module";

import { readPixels, type Pixels } from "./image.ts";
import type { Rgba } from "./options.ts";
import { paintPixels } from "./paint-pixels.ts";
import { sharp } from "./process-settings.ts";

/** How {@link textPixels} sets a text. */
export interface TextStyle {
  /** A family that the machine has; DejaVu Sans, which comes along, when left out or not found. */
  readonly font?: string | undefined;
  readonly bold: boolean;
  /** Height of the letters' em square, in px. */
  readonly sizePx: number;
  readonly color: Rgba;
}

const { resolve } = createRequire(import.meta.url);

/** The fonts that come along: Latin, Greek, Cyrillic, Hebrew and Arabic letters, and emoji in outline. */
const fontFiles = [
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
  "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
];

let fonts: Promise<unknown> | undefined;

/** libvips takes one font file with each text and keeps it for the process: a letter in each makes all of them known. */
function knownFonts(): Promise<unknown> {
  fonts ??= Promise.all(
    fontFiles.map((file) =>
      sharp({ text: { text: "a", font: "DejaVu Sans 1", fontfile: resolve(file) } }).toBuffer(),
    ),
  );
  return fonts;
}

/** Sets a text of which something can be seen, each line in the direction of its script. */
export async function textPixels(text: string, style: TextStyle): Promise<Pixels> {
  await knownFonts();
  const families = [...(style.font ? [style.font] : []), "DejaVu Sans", "Noto Emoji"];
  const font = `${families.join(", ")}, ${style.bold ? "Bold " : ""}${style.sizePx.toFixed(2)}`;
  const shape = await readPixels(sharp({ text: { text: escaped(text), font, dpi: 72 } }));
  const { r, g, b, alpha } = style.color;
  return paintPixels(shape, 4, (data, at) => {
    data[at] = r;
    data[at + 1] = g;
    data[at + 2] = b;
    data[at + 3] = Math.round((shape.data[(at / 4) * shape.channels] as number) * alpha);
  });
}

/** Pango reads markup. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
