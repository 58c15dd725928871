import { deliveryError } from "../delivery-error.ts";
import { mostArguments } from "./declared-option.ts";
import { fileOptionTable, readFormat } from "./file-option-table.ts";
import { readOptionGroups, type OptionGroups } from "./option-groups.ts";
import { readWrittenSource } from "./parse-source.ts";
import { passOptionTable } from "./pass-option-table.ts";
import { expandPresets, type Presets } from "./presets.ts";
import { plainFile, plainPass, type FileOptions, type PassOptions } from "./processing-options.ts";
import type { WrittenOption } from "./read-argument.ts";

/** What an address asks for. */
export interface ParsedAddress {
  readonly passes: readonly PassOptions[];
  readonly file: FileOptions;
  /** The source as it is written. */
  readonly source: string;
}

/** How addresses are read. */
export interface DialectSettings {
  readonly presets: Presets;
  /** Whether an address may name presets alone, in the place of its options. */
  readonly onlyPresets: boolean;
  /** What a pass and a file are where an address says nothing. */
  readonly pass?: Partial<PassOptions>;
  readonly file?: Partial<FileOptions>;
}

const passOptions = byName(passOptionTable);
const fileOptions = byName(fileOptionTable);

/** Reads the part of an address behind its signature; throws `delivery.*` of kind `invalid_input` for what it can't mean. */
export function parseAddress(path: string, settings: DialectSettings): ParsedAddress {
  const { presets, onlyPresets } = settings;
  const segments = path.replace(/^\//u, "").split("/");
  const { groups, rest } = onlyPresets ? presetGroups(segments) : readOptionGroups(segments);
  const usual = presets.has("default") ? [{ name: "preset", values: ["default"] }] : [];
  const [first = [], ...others] = groups;
  const { text, extension } = readWrittenSource(rest);
  const read = readGroups(expandPresets([[...usual, ...first], ...others], presets), settings);
  const format = extension === undefined || read.file.raw ? {} : { format: readFormat(extension) };
  return { passes: read.passes, file: { ...read.file, ...format }, source: text };
}

function presetGroups([names = "", ...rest]: readonly string[]) {
  return { groups: [[{ name: "preset", values: names.split(":") }]], rest };
}

/** What groups of options ask for; checks presets too, which stand in no address yet. */
export function readGroups(
  groups: OptionGroups,
  { pass = {}, file: usualFile = {} }: Pick<DialectSettings, "pass" | "file"> = {},
): Omit<ParsedAddress, "source"> {
  // Objects that this function made alone are written to.
  const file: FileOptions = { ...plainFile, ...usualFile };
  const passes = groups.map((group, index) => {
    // What a client hints at is meant for the picture as a whole.
    const options: PassOptions = { ...plainPass, ...(index === 0 && pass) };
    for (const option of group) {
      const found = passOptions.get(option.name);
      if (found) Object.assign(options, found.read(valuesOf(option, mostArguments(found))));
      else Object.assign(file, fileOption(option, file));
    }
    return options;
  });
  return { passes, file };
}

function fileOption(option: WrittenOption, file: FileOptions): Partial<FileOptions> {
  const found = fileOptions.get(option.name);
  if (found) return found.read(valuesOf(option, mostArguments(found)), file);
  throw deliveryError(
    "unknown_option",
    `There is no option ${JSON.stringify(option.name.slice(0, 40))}.`,
  );
}

function valuesOf({ name, values }: WrittenOption, most: number): readonly string[] {
  if (values.length <= most) return values;
  throw deliveryError("invalid_url", `The option ${name} takes at most ${most} arguments.`);
}

function byName<Option extends { readonly names: readonly string[] }>(
  table: readonly Option[],
): ReadonlyMap<string, Option> {
  return new Map(table.flatMap((option) => option.names.map((name) => [name, option] as const)));
}
