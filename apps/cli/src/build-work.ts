import { TintypeError } from "@tintype/errors";

import { parseCall } from "./parse-call.ts";
import { readInput } from "./read-input.ts";
import { processTerminal } from "./terminal.ts";

/** What the flags of `process` say about the work. */
export interface WorkFlags {
  readonly preset?: string;
  readonly recipe?: string;
  readonly step: readonly string[];
  readonly format: readonly string[];
  readonly quality?: number;
}

/** A request without its source: preset, steps and variants as plain data. */
export type Work = Readonly<Record<string, unknown>>;

/** Reads flags, and the recipe file that they may name, into the part of a request that is the same for all files. */
export async function buildWork(flags: WorkFlags): Promise<Work> {
  const fromFile = flags.recipe === undefined ? {} : await readRecipeFile(flags.recipe);
  const steps = await Promise.all(
    flags.step.map(async (text) => inlineFiles(parseCall("step", text))),
  );
  const variants = flags.format.map((text) => {
    const output = parseCall("format", text);
    return {
      name: output.format,
      output: { ...(flags.quality !== undefined && { quality: flags.quality }), ...output },
    };
  });
  if (flags.quality !== undefined && variants.length === 0) {
    throw usage("--quality goes with --format; a preset has its own qualities.");
  }
  const work = {
    ...fromFile,
    ...(flags.preset !== undefined && { preset: parseCall("preset", flags.preset) }),
    steps: [...listOf(fromFile["steps"]), ...steps],
    variants: [...listOf(fromFile["variants"]), ...variants],
  };
  const makesFiles = "preset" in work || work.variants.length > 0;
  return makesFiles ? work : { ...work, variants: [{ name: "png", output: { format: "png" } }] };
}

async function readRecipeFile(path: string): Promise<Record<string, unknown>> {
  const text = Buffer.from(await readInput(path, processTerminal)).toString("utf8");
  try {
    const recipe: unknown = JSON.parse(text);
    return Array.isArray(recipe) ? { steps: recipe } : (recipe as Record<string, unknown>);
  } catch (cause) {
    throw new TintypeError({
      kind: "invalid_input",
      code: "cli.invalid_recipe_file",
      message: `The recipe file ${path} is not valid JSON.`,
      cause,
    });
  }
}

/** Replaces values such as `@logo.png` by the file's bytes, so that the recipe means the same everywhere. */
async function inlineFiles<Call extends Record<string, unknown>>(call: Call): Promise<Call> {
  const entries = Object.entries(call).map(async ([option, value]) => {
    if (typeof value !== "string" || !value.startsWith("@")) return [option, value] as const;
    const bytes = Buffer.from(await readInput(value.slice(1), processTerminal));
    return [option, `data:;base64,${bytes.toString("base64")}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Call;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function usage(message: string): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "cli.invalid_option", message });
}
