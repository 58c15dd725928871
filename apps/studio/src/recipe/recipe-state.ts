import { computed } from "@preact/signals";

import type { DeclaredPreset } from "../catalog/catalog.ts";
import { newId } from "../new-id.ts";
import { storedSignal } from "../stored-signal.ts";
import { recipeOf, type Recipe, type StepEntry, type VariantEntry } from "./recipe.ts";

/** The recipe that is being written; it outlives a reload. */
export const recipe = storedSignal<Recipe>("recipe", plainRecipe(), isRecipe);

const selectedId = storedSignal("variant", "", (kept) => typeof kept === "string");

/** The variant that is looked at. */
export const selectedVariant = computed(
  () =>
    recipe.value.variants.find(({ id }) => id === selectedId.value) ??
    (recipe.value.variants[0] as VariantEntry),
);

/** Looks at another variant. */
export function selectVariant(id: string): void {
  selectedId.value = id;
}

/** Changes the steps of the picture, or of a variant. */
export function setSteps(steps: readonly StepEntry[], variantId?: string): void {
  if (variantId === undefined) recipe.value = { ...recipe.value, steps };
  else changeVariant(variantId, { steps });
}

/** Changes one variant. */
export function changeVariant(id: string, change: Partial<VariantEntry>): void {
  const { steps, variants } = recipe.value;
  recipe.value = {
    steps,
    variants: variants.map((one) => (one.id === id ? Object.assign({}, one, change) : one)),
  };
}

/** Adds a variant like the one that is looked at, and looks at it. */
export function addVariant(): void {
  const { steps, variants } = recipe.value;
  const copy = { ...selectedVariant.value, id: newId(), name: freeName(variants) };
  recipe.value = { steps, variants: [...variants, copy] };
  selectVariant(copy.id);
}

/** Removes a variant; the last one stays. */
export function removeVariant(id: string): void {
  const { steps, variants } = recipe.value;
  if (variants.length < 2) return;
  recipe.value = { steps, variants: variants.filter((one) => one.id !== id) };
}

/** Begins with what a preset stands for. */
export function usePreset({ content }: DeclaredPreset): void {
  recipe.value = recipeOf(content) ?? plainRecipe();
}

/** Begins anew. */
export function resetRecipe(): void {
  recipe.value = plainRecipe();
}

function plainRecipe(): Recipe {
  return {
    steps: [],
    variants: [{ id: newId(), name: "web", steps: [], format: "webp", options: {} }],
  };
}

function freeName(variants: readonly VariantEntry[]): string {
  const names = new Set(variants.map(({ name }) => name));
  let number = variants.length + 1;
  while (names.has(`variant-${number}`)) number += 1;
  return `variant-${number}`;
}

function isRecipe(kept: unknown): kept is Recipe {
  const { steps, variants } = Object(kept) as Partial<Recipe>;
  return (
    isList(steps) &&
    isList(variants) &&
    (variants as Recipe["variants"]).length > 0 &&
    (variants as Recipe["variants"]).every((one) => isList(one.steps) && !!one.format)
  );
}

function isList(list: unknown): boolean {
  return Array.isArray(list) && list.every((one) => typeof Object(one).id === "string");
}
