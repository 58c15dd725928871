import { z } from "zod";

import type { PromptBook } from "./prompt-book.ts";

const color = z
  .string()
  .regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/iu, { error: "expected a color such as #0066cc" })
  .meta({ format: "color", examples: ["#0066cc"] });

/** A brand's colors and its style in words. */
export const brandSchema = z
  .strictObject({
    primaryColor: color.optional().describe("The leading color, such as #0066cc."),
    secondaryColor: color.optional().describe("The second color."),
    colors: z.array(color).max(8).default([]).describe("Any more colors."),
    style: z.string().max(200).optional().describe("The brand's look in words."),
  })
  .describe("The brand that the picture is for.");

/** A brand's colors and its style in words; every part may be left out. */
export type Brand = z.input<typeof brandSchema>;

/** The fields that describe a picture to make, with the names that a book knows. */
export function generationFields({ sizes, themes, domains, templates }: PromptBook) {
  const side = z.int().min(16).max(8192);
  return {
    prompt: z.string().trim().min(1).max(8000).describe("What to draw, in words."),
    size: namesOf(sizes, "custom")
      .default("standard")
      .describe("The size that comes out; custom goes with width and height."),
    width: side.optional().meta({ unit: "px" }).describe("Width of a custom size."),
    height: side.optional().meta({ unit: "px" }).describe("Height of a custom size."),
    quality: z.enum(["low", "medium", "high"]).default("medium").describe("Care, and cost."),
    theme: namesOf(themes).optional().describe("A look; the prompt's own when left out."),
    brand: brandSchema.optional(),
    domain: namesOf(domains).optional().describe("A field of business to draw for."),
    template: z
      .strictObject({
        name: namesOf(templates).describe("The template."),
        values: z
          .record(z.string(), z.string().max(2000))
          .default({})
          .describe("What stands in its places."),
        variant: z.string().optional().describe("A wording of it; chosen when left out."),
      })
      .optional()
      .describe("A wording to put the prompt into."),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .describe("The same seed gives the same picture, where the service keeps to it."),
  };
}

/** What is wrong between the fields of a size; nothing when all is well. */
export function sizeFault({
  size,
  width,
  height,
}: {
  readonly size: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}): string | undefined {
  const given = [width, height].filter((side) => side !== undefined).length;
  if (size === "custom" && given < 2) return "the size custom needs width and height";
  if (size !== "custom" && given > 0) return "width and height go with the size custom";
  return undefined;
}

function namesOf(entries: Readonly<Record<string, unknown>>, ...more: readonly string[]) {
  return z.enum([...Object.keys(entries), ...more] as [string, ...string[]]);
}
