import * as fc from "fast-check";
import { expect, test } from "vitest";

import { callOf, recipeOf, type RecipeCall } from "./recipe.ts";
import { packRecipe, unpackRecipe } from "./share-link.ts";

const word = fc.stringMatching(/^[a-z][a-z-]{0,12}$/u);
const options = fc.dictionary(
  word.filter((name) => name !== "step" && name !== "format"),
  fc.oneof(fc.integer(), fc.boolean(), fc.string()),
);
const step = fc.tuple(word, options).map(([name, given]) => Object.assign({ step: name }, given));
const variant = fc
  .record({ name: word, format: word, given: options, steps: fc.array(step, { maxLength: 3 }) })
  .map(({ name, format, given, steps }) =>
    Object.assign({ name, output: { format, ...given } }, steps.length > 0 && { steps }),
  );
const calls: fc.Arbitrary<RecipeCall> = fc.record({
  steps: fc.array(step, { maxLength: 4 }),
  variants: fc.array(variant, { minLength: 1, maxLength: 4 }),
});

test("a recipe that is edited and not changed is the same request", () => {
  fc.assert(
    fc.property(calls, (call) => {
      const recipe = recipeOf(call);
      expect(recipe && callOf(recipe)).toEqual(call);
    }),
  );
});

test("a link holds the whole recipe", async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (call) => {
      const packed = await packRecipe(call);
      expect(packed).toMatch(/^[\w-]+$/u);
      expect(await unpackRecipe(packed)).toEqual(call);
    }),
    { numRuns: 30 },
  );
});

test("what is no recipe is none", async () => {
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constant({ variants: [] }),
    fc.constant({ variants: [1] }),
  );
  fc.assert(
    fc.property(junk, (value) => {
      expect(recipeOf(value)).toBeUndefined();
    }),
  );
  expect(await unpackRecipe("no recipe")).toBeUndefined();
});

test("a step that is switched off keeps its place and is not asked for", () => {
  const recipe = recipeOf({
    steps: [{ step: "flip" }, { step: "blur", sigma: 2 }],
    variants: [{ name: "a", output: { format: "png" } }],
  });
  const [first, second] = recipe?.steps ?? [];
  if (!recipe || !first || !second) throw new Error("The recipe was not read.");
  const call = callOf({ ...recipe, steps: [{ ...first, isOff: true }, second] });
  expect(call.steps).toEqual([{ step: "blur", sigma: 2 }]);
});
