import { z } from "zod";

import type { Step } from "./define-step.ts";
import { parseInput } from "./parse-input.ts";
import { createRegistry, type ParsedCall, type Registry } from "./registry.ts";
import { steps } from "./steps/index.ts";

/** Steps by name. */
export type StepRegistry = Registry<AnyStep>;

/** A step of any name and options. */
// The options of a step stand in a position where only `never` fits them all.
export type AnyStep = Omit<Step, "apply" | "size" | "hasAlpha" | "plan"> & {
  readonly apply: Step<string, never>["apply"];
  readonly size?: Step<string, never>["size"];
  readonly hasAlpha?: Step<string, never>["hasAlpha"];
  readonly plan?: Step<string, never>["plan"];
};

/** Plain data that asks for a step: `{ step: "resize", width: 800 }`. */
export type StepCall = { readonly step: string } & Readonly<Record<string, unknown>>;

/** Steps in order, parsed: every option is checked and has its default. Made by {@link parseRecipe} and {@link recipe}. */
export type Recipe = readonly ParsedCall<"step">[] & z.$brand<"Recipe">;

/** The steps that come with Tintype. */
export const builtInSteps: StepRegistry = createRegistry("step", steps as readonly AnyStep[]);

/** At most this many steps a recipe. */
export const maxSteps = 100;

/** The schema of a recipe made of the given steps, for use inside larger schemas. */
export function recipeSchema(registry: StepRegistry = builtInSteps): z.ZodType<Recipe, StepCall[]> {
  return z.array(registry.schema).max(maxSteps).brand<"Recipe">() as unknown as z.ZodType<
    Recipe,
    StepCall[]
  >;
}

const builtInRecipe = recipeSchema();

/** Parses a recipe that came from outside; throws `recipe.invalid` with every fault. */
export function parseRecipe(input: unknown, registry: StepRegistry = builtInSteps): Recipe {
  const schema = registry === builtInSteps ? builtInRecipe : recipeSchema(registry);
  return parseInput(schema, input, { what: "recipe", code: "recipe.invalid" });
}

/** Makes a recipe of built-in steps: `recipe(autoCrop(), resize({ width: 800 }))`. */
export function recipe(...calls: readonly StepCall[]): Recipe {
  return parseRecipe(calls);
}
