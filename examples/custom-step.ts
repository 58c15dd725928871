import { readFile } from "node:fs/promises";

import {
  builtInSteps,
  color,
  createRegistry,
  defineStep,
  parseColor,
  parseRecipe,
  readImage,
  runSteps,
} from "@tintype/image-core";
import { z } from "zod";

/** A step is one object: its options carry their defaults, and `apply` gets the parsed ones. */
const sepia = defineStep({
  name: "sepia",
  summary: "Bring every color near one.",
  examples: [{ color: "#704214" }],
  options: z.strictObject({
    color: color.default("#704214").describe("The color, sepia by default."),
  }),
  apply: (image, given) => image.open().tint(parseColor(given.color)),
});

const registry = createRegistry("step", [...builtInSteps.all, sepia]);
const steps = parseRecipe([{ step: "trim" }, { step: "sepia" }], registry);

const source = await readImage(await readFile("examples/cutout.png"));
const { image, steps: applied } = await runSteps(source, steps, { registry });
console.log(`${image.width} × ${image.height} after ${applied.map(({ step }) => step).join(", ")}`);
