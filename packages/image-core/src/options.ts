import Color from "color";
import { z } from "zod";

import type { Size } from "./limits.ts";

/** A CSS color in plain data. */
export const color = z
  .string()
  .refine(isColor, {
    error: "expected a CSS color such as #ff8800, #ff880080, rgb(255 136 0), tomato or transparent",
  })
  .meta({ format: "color", examples: ["#ffffff", "tomato", "transparent"] });

/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
export interface Rgba {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly alpha: number;
}

/** The samples of a color that {@link color} let through. */
export function parseColor(text: string): Rgba {
  const {
    r,
    g,
    b,
    alpha = 1,
  } = Color(text).rgb().round(3).object() as Partial<Rgba> & Omit<Rgba, "alpha">;
  return { r: Math.round(r), g: Math.round(g), b: Math.round(b), alpha };
}

function isColor(text: string): boolean {
  try {
    Color(text);
    return true;
  } catch {
    return false;
  }
}

/** Where something stands in a picture: the middle, an edge or a corner. */
export const gravity = z.enum([
  "center",
  "north",
  "northeast",
  "east",
  "southeast",
  "south",
  "southwest",
  "west",
  "northwest",
]);

/** The share of the free space that lies left of and above what a gravity places: 0, 0.5 or 1. */
export function gravityFractions(where: z.output<typeof gravity>): { x: number; y: number } {
  return {
    x: where.includes("west") ? 0 : where.includes("east") ? 1 : 0.5,
    y: where.includes("north") ? 0 : where.includes("south") ? 1 : 0.5,
  };
}

/** A point in a picture as fractions of its width and height. */
export const point = z.strictObject({
  x: z.number().min(0).max(1).describe("From the left edge (0) to the right edge (1)."),
  y: z.number().min(0).max(1).describe("From the top edge (0) to the bottom edge (1)."),
});

/** A whole number of pixels that is at least 1 and never more than any limit allows. */
export const length = z.int().min(1).max(100_000).meta({ unit: "px" });

/** A whole number of pixels, 0 or more. */
export const distance = z.int().min(0).max(100_000).meta({ unit: "px" });

/** The part of a picture that lies inside it, in px. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}
