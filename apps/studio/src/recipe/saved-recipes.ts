import { storedSignal } from "../stored-signal.ts";
import type { RecipeCall } from "./recipe.ts";

/** The recipes that were saved on this machine, by their names. */
export const savedRecipes = storedSignal<Readonly<Record<string, RecipeCall>>>(
  "recipes",
  {},
  (kept): kept is Readonly<Record<string, RecipeCall>> =>
    typeof kept === "object" && kept !== null && !Array.isArray(kept),
);

/** Saves a recipe; one of the same name is replaced. */
export function saveRecipe(name: string, recipe: RecipeCall): void {
  savedRecipes.value = { ...savedRecipes.value, [name]: recipe };
}

/** Forgets a recipe. */
export function forgetRecipe(name: string): void {
  const { [name]: _gone, ...rest } = savedRecipes.value;
  savedRecipes.value = rest;
}
