import { TintypeError } from "@tintype/errors";
import { builtInRegistries } from "@tintype/pipeline";

import { parseCall } from "./parse-call.ts";
import { readInput } from "./read-input.ts";
import type { Terminal } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

/** What the flags of `process` say about the work. */
export interface WorkFlags {
  readonly preset?: string;
  readonly recipe?: string;
  readonly step?: readonly string[];
  readonly format?: readonly string[];
  readonly quality?: number;
  readonly fact?: readonly string[];
}

/** What the flags of `process` say about how files are read. */
export interface ReadingFlags {
  readonly page?: number;
  /** False for the first frame alone. */
  readonly animation?: boolean;
}

/** Reads flags into the part of a source that is the same for all files. */
export function readingOf({ page, animation }: ReadingFlags): object {
  return { ...(page !== undefined && { page }), ...(animation === false && { animated: false }) };
}

/** A request without its source: preset, steps and variants as plain data, still to be checked. */
export type Work = Readonly<Record<string, unknown>>;

/** Reads flags, and the recipe file that they may name, into the part of a request that is the same for all files. */
export async function buildWork(
  { preset, recipe, step = [], format = [], quality, fact = [] }: WorkFlags,
  terminal: Pick<Terminal, "stdin">,
): Promise<Work> {
  const fromFile = recipe === undefined ? {} : await readRecipeFile(recipe, terminal);
  const steps = await Promise.all(
    step.map((text) => inlineFiles(parseCall("step", text), terminal)),
  );
  const variants = withNames(format.map((text) => parseCall("format", text)));
  const work = {
    ...fromFile,
    ...(preset !== undefined && { preset: parseCall("preset", preset) }),
    steps: joined(fromFile["steps"], steps),
    variants: joined(fromFile["variants"], withQuality(variants, quality)),
    facts: joined(fromFile["facts"], fact),
  };
  const makesFiles = "preset" in work || !isEmpty(work.variants);
  return makesFiles ? work : { ...work, variants: [{ name: "png", output: { format: "png" } }] };
}

async function readRecipeFile(
  path: string,
  terminal: Pick<Terminal, "stdin">,
): Promise<Record<string, unknown>> {
  const recipe = parseJson(path, Buffer.from(await readInput(path, terminal)).toString("utf8"));
  if (Array.isArray(recipe)) return { steps: recipe };
  if (typeof recipe === "object" && recipe !== null) return recipe as Record<string, unknown>;
  throw invalidRecipeFile(
    path,
    "holds neither a list of steps nor an object with preset, steps and variants",
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // V8 ends some of its messages with these words, and quotes the text with its line breaks.
    const reason = (cause as Error).message.replace(/ is not valid JSON$/u, "");
    throw invalidRecipeFile(path, `is not valid JSON: ${reason.replaceAll(/\s+/gu, " ")}`, cause);
  }
}

/** Replaces values such as `@logo.png` by the file's bytes, so that the recipe means the same everywhere. */
async function inlineFiles(
  call: Readonly<Record<string, unknown>>,
  terminal: Pick<Terminal, "stdin">,
): Promise<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(call).map(async ([option, value]) => {
    if (typeof value !== "string" || !value.startsWith("@")) return [option, value] as const;
    const bytes = Buffer.from(await readInput(value.slice(1), terminal));
    return [option, `data:;base64,${bytes.toString("base64")}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

interface FlagVariant {
  readonly name: string;
  readonly output: { readonly format: string } & Readonly<Record<string, unknown>>;
}

/** Names variants for their formats: `webp`, and `webp-2` where a format comes twice. */
function withNames(outputs: readonly FlagVariant["output"][]): readonly FlagVariant[] {
  return outputs.map((output, index) => {
    const before = outputs.slice(0, index).filter(({ format }) => format === output.format).length;
    return { name: before === 0 ? output.format : `${output.format}-${before + 1}`, output };
  });
}

/** Gives the quality to every format that has one and does not name its own. */
function withQuality(
  variants: readonly FlagVariant[],
  quality: number | undefined,
): readonly FlagVariant[] {
  if (quality === undefined) return variants;
  const { all } = builtInRegistries.exporters;
  const lossy = all.filter(({ options }) => "quality" in options.shape).map(({ name }) => name);
  if (!variants.some(({ output }) => lossy.includes(output.format))) {
    throw usageError(`--quality goes with --format ${lossy.join("|")}; a preset has its own.`);
  }
  return variants.map((variant) =>
    lossy.includes(variant.output.format)
      ? { name: variant.name, output: { quality, ...variant.output } }
      : variant,
  );
}

/** Both lists as one; what is no list stays as it is, for the request's parser to name. */
function joined(fromFile: unknown, fromFlags: readonly unknown[]): unknown {
  if (fromFile === undefined) return fromFlags;
  return Array.isArray(fromFile) ? [...(fromFile as unknown[]), ...fromFlags] : fromFile;
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

function invalidRecipeFile(path: string, problem: string, cause?: unknown): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "cli.invalid_recipe_file",
    message: `The recipe file ${path} ${problem}.`,
    cause,
  });
}
