import { deliveryError } from "../delivery-error.ts";
import { readOptionGroups } from "../dialect/option-groups.ts";
import { readWrittenSource } from "../dialect/parse-source.ts";
import { expandPresets, type Presets } from "../dialect/presets.ts";
import { readCount, readNumber, readSwitch } from "../dialect/read-argument.ts";

/** What an address of `/info` asks to be told. */
export interface InfoOptions {
  readonly size: boolean;
  readonly format: boolean;
  readonly dimensions: boolean;
  readonly exif: boolean;
  readonly iptc: boolean;
  readonly xmp: boolean;
  /** Colors at most; 0 for none. */
  readonly palette: number;
  readonly dominantColors: boolean;
  /** Waves in each direction; 0 for none. */
  readonly blurhash: { readonly x: number; readonly y: number };
  readonly expires: number;
}

const plain: InfoOptions = {
  size: true,
  format: true,
  dimensions: true,
  exif: true,
  iptc: true,
  xmp: true,
  palette: 0,
  dominantColors: false,
  blurhash: { x: 0, y: 0 },
  expires: 0,
};

type Read = (values: readonly string[]) => Partial<InfoOptions>;

const table: Readonly<Record<string, Read>> = {
  ...names(["size", "s"], ([on = ""]) => ({ size: readSwitch(on) })),
  ...names(["format", "f"], ([on = ""]) => ({ format: readSwitch(on) })),
  ...names(["dimensions", "d"], ([on = ""]) => ({ dimensions: readSwitch(on) })),
  ...names(["exif"], ([on = ""]) => ({ exif: readSwitch(on) })),
  ...names(["iptc"], ([on = ""]) => ({ iptc: readSwitch(on) })),
  ...names(["xmp"], ([on = ""]) => ({ xmp: readSwitch(on) })),
  ...names(["palette", "p"], ([count = ""]) => ({ palette: readCount(count) })),
  ...names(["dominant_colors", "dc"], ([on = ""]) => ({ dominantColors: readSwitch(on) })),
  ...names(["blurhash", "bh"], ([x = "", y = ""]) => ({
    blurhash: { x: readNumber(x, 0, 9), y: readNumber(y, 0, 9) },
  })),
  ...names(["cachebuster", "cb"], () => ({})),
  ...names(["expires", "exp"], ([end = ""]) => ({ expires: readNumber(end, 0, 1e12) })),
};

/** Reads the part of an info address behind its signature. */
export function parseInfoAddress(
  path: string,
  presets: Presets,
): { readonly options: InfoOptions; readonly source: string } {
  const { groups, rest } = readOptionGroups(path.replace(/^\//u, "").split("/"));
  const options: InfoOptions = { ...plain };
  for (const { name, values } of expandPresets(groups, presets).flat()) {
    const read = table[name];
    if (!read) {
      throw deliveryError(
        "unknown_option",
        `There is no info option ${JSON.stringify(name.slice(0, 40))}.`,
      );
    }
    Object.assign(options, read(values));
  }
  return { options, source: readWrittenSource(rest).text };
}

function names(all: readonly string[], read: Read): Record<string, Read> {
  return Object.fromEntries(all.map((name) => [name, read]));
}
