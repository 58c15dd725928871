import type { Options } from "../catalog/option-schema.ts";
import { newId } from "../new-id.ts";

/** One step of a recipe that is being written. */
export interface StepEntry {
  /** Tells it from others of the same step while it moves. */
  readonly id: string;
  readonly step: string;
  readonly options: Options;
  /** Kept in its place, but not run. */
  readonly isOff?: boolean;
}

/** One file that a recipe makes. */
export interface VariantEntry {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly StepEntry[];
  readonly format: string;
  readonly options: Options;
}

/** Steps for the picture, and the files to make of it. */
export interface Recipe {
  readonly steps: readonly StepEntry[];
  readonly variants: readonly VariantEntry[];
}

/** A recipe as requests carry it. */
export interface RecipeCall {
  readonly steps: readonly Options[];
  readonly variants: readonly {
    readonly name: string;
    readonly steps?: readonly Options[];
    readonly output: Options;
  }[];
}

/** What a recipe is without its editor: what the API takes. */
export function callOf({ steps, variants }: Recipe): RecipeCall {
  return {
    steps: stepCalls(steps),
    variants: variants.map(variantCall),
  };
}

function variantCall({ name, steps, format, options }: VariantEntry) {
  const own = stepCalls(steps);
  return { name, ...(own.length > 0 && { steps: own }), output: { format, ...options } };
}

/** The steps that run, as requests carry them. */
export function stepCalls(steps: readonly StepEntry[]): readonly Options[] {
  return steps
    .filter(({ isOff }) => !isOff)
    .map(({ step, options }) => Object.assign({ step }, options));
}

/** A recipe to edit, made of what a request carries; undefined where that is none. */
export function recipeOf(call: unknown): Recipe | undefined {
  const { steps = [], variants } = Object(call) as Partial<RecipeCall>;
  if (!Array.isArray(steps) || !Array.isArray(variants) || variants.length === 0) return undefined;
  const entries = [steps, ...variants.map((variant) => Object(variant).steps ?? [])].map(
    stepEntries,
  );
  const outputs = variants.map((variant) => variantEntry(variant, []));
  if (entries.includes(undefined) || outputs.includes(undefined)) return undefined;
  const [shared = [], ...own] = entries as StepEntry[][];
  return {
    steps: shared,
    variants: (outputs as VariantEntry[]).map((variant, index) =>
      Object.assign({}, variant, { steps: own[index] ?? [] }),
    ),
  };
}

function stepEntries(calls: unknown): readonly StepEntry[] | undefined {
  if (!Array.isArray(calls)) return undefined;
  const entries = calls.map((call: unknown) => {
    const { step, ...options } = Object(call) as Options;
    return typeof step === "string" ? { id: newId(), step, options } : undefined;
  });
  return entries.includes(undefined) ? undefined : (entries as StepEntry[]);
}

function variantEntry(variant: unknown, steps: readonly StepEntry[]): VariantEntry | undefined {
  const { name, output } = Object(variant) as {
    readonly name?: unknown;
    readonly output?: unknown;
  };
  const { format, ...options } = Object(output) as Options;
  if (typeof name !== "string" || typeof format !== "string") return undefined;
  return { id: newId(), name, steps, format, options };
}
