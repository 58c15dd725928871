import { describe, expect, test } from "vitest";
import { z } from "zod";

import { defineStep } from "./define-step.ts";
import { builtInSteps, maxSteps, parseRecipe, recipe, recipeSchema } from "./recipe.ts";
import { createRegistry } from "./registry.ts";
import { runSteps } from "./run-steps.ts";
import { flip } from "./steps/flip.ts";
import { resize } from "./steps/resize.ts";
import { letterL, pixelAt } from "./testing/index.ts";

const invert = defineStep({
  name: "invert",
  summary: "Turn every color into its opposite.",
  examples: [{}],
  options: z.strictObject({ alpha: z.boolean().default(false).describe("Alpha too.") }),
  apply: (image, { alpha }) => image.open().negate({ alpha }),
});

describe("a step", () => {
  test("makes plain data when it is called", () => {
    expect(resize({ width: 800 })).toEqual({ step: "resize", width: 800 });
    expect(JSON.parse(JSON.stringify(flip()))).toEqual({ step: "flip" });
  });

  test("may not have an option that would hide its name", () => {
    const options = z.strictObject({ step: z.string() });
    expect(() =>
      defineStep({ name: "bad", summary: "", examples: [], options, apply: (image) => image }),
    ).toThrow('bad: an option must not be named "step"');
  });

  test("of a user's own works through a registry beside the built-in ones", async () => {
    const registry = createRegistry("step", [...builtInSteps.all, invert]);
    const calls = parseRecipe([flip(), invert()], registry);
    const { image, steps } = await runSteps(letterL(), calls, { registry });
    expect(steps.map(({ step }) => step)).toEqual(["flip", "invert"]);
    expect(pixelAt(await image.pixels(), 1, 0)).toEqual([0, 0, 0]);
  });
});

describe("a recipe", () => {
  test("has every default once it is parsed", () => {
    expect(recipe(resize({ width: 5 }))).toEqual([
      {
        step: "resize",
        width: 5,
        fit: "inside",
        enlarge: false,
        kernel: "lanczos3",
        dpr: 1,
        gravity: "center",
        background: "transparent",
      },
    ]);
  });

  test.each([
    ["no list", { step: "flip" }, /expected array/u],
    ["no step name", [{}], /Unknown step undefined\. Known: resize, crop/u],
    ["an unknown step", [{ step: "enhance" }], /\[0\].*Unknown step "enhance"\. Known: resize/u],
    ["a name from the prototype", [{ step: "constructor" }], /Unknown step "constructor"/u],
    ["an unknown option", [{ step: "flip", axis: 1 }], /\[0\]: Unrecognized key: "axis"/u],
    [
      "a wrong number",
      [{ step: "flip" }, { step: "resize", width: -1 }],
      /\[1\]\.width: Too small/u,
    ],
    ["a rule between options", [{ step: "resize" }], /give a width, a height or both/u],
    ["a wrong color", [{ step: "flatten", background: "reddish" }], /expected a CSS color/u],
    ["infinity", [{ step: "blur", sigma: Infinity }], /\[0\]\.sigma/u],
  ])("is refused with %s", (_what, input, message) => {
    expect(() => parseRecipe(input)).toThrow(
      expect.objectContaining({
        kind: "invalid_input",
        code: "recipe.invalid",
        message: expect.stringMatching(message),
      }),
    );
  });

  test("lists every fault", () => {
    const faults = Array.from({ length: 8 }, () => ({ step: "blur", sigma: 0 }));
    expect(() => parseRecipe(faults)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("(and 3 more)"),
        details: {
          issues: faults.map((_, index) => expect.objectContaining({ path: `[${index}].sigma` })),
        },
      }),
    );
  });

  test("has an end", () => {
    const calls = Array.from({ length: maxSteps }, () => flip());
    expect(parseRecipe(calls)).toHaveLength(maxSteps);
    expect(() => parseRecipe([...calls, flip()])).toThrow(/Too big/u);
  });
});

describe("a registry", () => {
  test("gives declarations by name, and lists the names it knows", () => {
    expect(builtInSteps.get("resize")).toBe(resize);
    expect(() => builtInSteps.get("enhance")).toThrow(
      expect.objectContaining({
        code: "step.unknown",
        message: expect.stringContaining("Known: resize, crop, auto-crop"),
        details: expect.objectContaining({ known: builtInSteps.all.map(({ name }) => name) }),
      }),
    );
  });

  test("refuses two declarations with one name", () => {
    expect(() => createRegistry("step", [flip, flip])).toThrow(
      'two declarations of the step "flip"',
    );
  });

  test("makes a JSON Schema with one named definition per step, its descriptions and defaults", () => {
    const schema = z.toJSONSchema(recipeSchema(), { io: "input" }) as {
      $defs: Record<string, { properties: Record<string, object>; required?: string[] }>;
    };
    expect(Object.keys(schema.$defs)).toHaveLength(builtInSteps.all.length);
    expect(schema.$defs["AutoCropStep"]).toMatchObject({
      type: "object",
      description: "Cut away what surrounds the content, and keep some padding.",
      properties: {
        step: { const: "auto-crop" },
        threshold: { type: "integer", default: 10, minimum: 0, maximum: 254 },
      },
      required: ["step"],
      additionalProperties: false,
    });
    const undescribed = Object.values(schema.$defs)
      .flatMap(({ properties }) => Object.entries(properties))
      .filter(([name, property]) => name !== "step" && !("description" in property));
    expect(undescribed).toEqual([]);
  });

  test("makes a JSON Schema for a user's own selection too", () => {
    const registry = createRegistry("step", [...builtInSteps.all, invert]);
    const { $defs = {} } = z.toJSONSchema(recipeSchema(registry), { io: "input" });
    expect($defs["InvertStep"]).toMatchObject({ properties: { alpha: { default: false } } });
    expect(Object.keys($defs)).toHaveLength(registry.all.length);
  });
});
