import { spawnSync } from "node:child_process";

import type { Pixels } from "../image.ts";
import { sharp } from "../process-settings.ts";

/** Another program's view of a file: its first picture, with alpha. */
export interface Judge {
  readonly name: string;
  /** Formats that it is known to open. */
  readonly opens: readonly string[];
  look(file: Uint8Array, format: string): Promise<Pixels>;
}

const imageMagick: Judge = {
  name: "ImageMagick",
  opens: ["png", "jpeg", "webp", "gif", "tiff", "bmp", "ico"],
  look: (file, format) =>
    viaPng("convert-im6.q16", [`${format}:-${format === "ico" ? "[-1]" : "[0]"}`, "png32:-"], file),
};

const script = `
import io, sys
from PIL import Image
Image.open(io.BytesIO(sys.stdin.buffer.read())).convert("RGBA").save(sys.stdout.buffer, "PNG")
`;

const pillow: Judge = {
  name: "Pillow",
  opens: ["png", "jpeg", "webp", "gif", "tiff", "bmp", "ico"],
  look: (file) => viaPng("/usr/bin/python3", ["-c", script], file),
};

const librsvg: Judge = {
  name: "librsvg",
  opens: ["svg"],
  look: (file) => viaPng("rsvg-convert", [], file),
};

/** The judges that are installed here; `tools/install-judges.sh` installs them on Debian. */
export const judges: readonly Judge[] = [
  ...(runs("convert-im6.q16", ["-version"]) ? [imageMagick] : []),
  ...(runs("/usr/bin/python3", ["-c", "import PIL"]) ? [pillow] : []),
  ...(runs("rsvg-convert", ["--version"]) ? [librsvg] : []),
];

if (process.env["JUDGES"] === "required" && judges.length < 3) {
  throw new Error("ImageMagick, Pillow or librsvg is missing: run tools/install-judges.sh");
}

/** What ImageMagick makes of a file, which its arguments call `-`; undefined where it isn't installed. */
export function convertWithMagick(
  file: Uint8Array,
  ...command: readonly string[]
): Buffer | undefined {
  return judges.includes(imageMagick) ? pipe("convert-im6.q16", command, file) : undefined;
}

/** Makes a HEIC of a PNG by libheif's encoder; false where that is not installed. */
export function encodeHeic(pngPath: string, heicPath: string): boolean {
  return spawnSync("heif-enc", [pngPath, "-q", "95", "-o", heicPath]).status === 0;
}

/** Makes a PNG of an AVIF by libheif's decoder; false where that is not installed. */
export function decodeAvif(avifPath: string, pngPath: string): boolean {
  return spawnSync("heif-convert", [avifPath, pngPath]).status === 0;
}

async function viaPng(
  command: string,
  options: readonly string[],
  file: Uint8Array,
): Promise<Pixels> {
  const { data, info } = await sharp(pipe(command, options, file))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

function pipe(command: string, options: readonly string[], input: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync(command, options, { input, maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${command}: ${stderr.toString()}`);
  return stdout;
}

function runs(command: string, options: readonly string[]): boolean {
  return spawnSync(command, options).status === 0;
}
