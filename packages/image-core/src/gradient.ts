import { z } from "zod";

import type { Pixels } from "./image.ts";
import type { Size } from "./limits.ts";
import { color, parseColor } from "./options.ts";
import { paintPixels } from "./paint-pixels.ts";

const stop = z.strictObject({
  color: color.describe("The color at this place."),
  at: z.number().min(0).max(1).describe("The place: 0 is the start, 1 the end."),
});

/** A gradient in plain data, as CSS has them. */
export const gradient = z.strictObject({
  type: z
    .enum(["linear", "radial"])
    .default("linear")
    .describe("Along a line, or from the middle to the farthest corner."),
  angle: z
    .number()
    .min(-360)
    .max(360)
    .default(180)
    .meta({ unit: "degrees" })
    .describe("Where a linear one goes: 0 up, 90 to the right, 180 down."),
  stops: z
    .array(stop)
    .min(2)
    .max(20)
    .refine((stops) => stops.every(({ at }, index) => at >= (stops[index - 1]?.at ?? 0)), {
      error: "give the stops in the order of their places",
    })
    .describe("2 to 20 colors with their places, in order."),
});

/** Paints a gradient by the rules of CSS (Images Module Level 3, 3.1, 3.2): mixed in premultiplied sRGB. */
export function gradientPixels(size: Size, given: z.output<typeof gradient>): Promise<Pixels> {
  const place = given.type === "linear" ? alongLine(size, given.angle) : fromMiddle(size);
  const ramp = rampOf(given.stops);
  return paintPixels(size, 4, (data, at, x, y) => {
    const from = Math.round(Math.min(1, Math.max(0, place(x + 0.5, y + 0.5))) * rampSteps) * 4;
    ramp.copy(data, at, from, from + 4);
  });
}

type Place = (x: number, y: number) => number;

function alongLine({ width, height }: Size, angle: number): Place {
  const radians = (angle * Math.PI) / 180;
  const [dx, dy] = [Math.sin(radians), -Math.cos(radians)];
  // The line is so long that the corners get the colors of its ends.
  const length = Math.abs(width * dx) + Math.abs(height * dy);
  return (x, y) => 0.5 + ((x - width / 2) * dx + (y - height / 2) * dy) / length;
}

/** CSS draws an ellipse of the picture's proportions through its corners. */
function fromMiddle({ width, height }: Size): Place {
  return (x, y) => Math.hypot(x / width - 0.5, y / height - 0.5) / Math.SQRT1_2;
}

const rampSteps = 4096;

/** The gradient's colors at even distances, as RGBA. */
function rampOf(stops: z.output<typeof gradient>["stops"]): Buffer {
  const ramp = Buffer.alloc((rampSteps + 1) * 4);
  const parsed = stops.map(({ color: text, at }) => ({ at, ...parseColor(text) }));
  const [first, last] = [parsed[0] as (typeof parsed)[0], parsed.at(-1) as (typeof parsed)[0]];
  for (let index = 0; index <= rampSteps; index += 1) {
    const at = index / rampSteps;
    const next = parsed.findIndex((each) => each.at > at);
    const to = next === -1 ? last : (parsed[next] as typeof last);
    const from = next === -1 ? last : (parsed[next - 1] ?? first);
    const share = to.at === from.at ? 0 : (at - from.at) / (to.at - from.at);
    const alpha = from.alpha + (to.alpha - from.alpha) * share;
    const mix = (a: number, b: number) =>
      alpha === 0 ? 0 : (a * from.alpha * (1 - share) + b * to.alpha * share) / alpha;
    const samples = [mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b), alpha * 255];
    ramp.set(samples.map(Math.round), index * 4);
  }
  return ramp;
}
