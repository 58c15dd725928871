import type { Trim } from "../dialect/processing-options.ts";
import type { Look, Plan } from "./plan-passes.ts";
import type { Box } from "./smart-window.ts";

/** What trimming keeps of a picture; undefined where there is nothing to be told from the background. */
export async function trimBox(plan: Plan, trim: Trim, look: Look): Promise<Box | undefined> {
  const { color, equalHorizontal, equalVertical } = trim;
  // Magenta stands for transparency, which the step looks for by itself.
  const background = color === undefined || color === "#ff00ff" ? {} : { background: color };
  const step = { step: "trim", threshold: Math.round(trim.threshold), ...background };
  const report = await look([...plan.steps, step]);
  const box = report?.["box"] as Box | undefined;
  if (!box) return undefined;
  const [left, width] = equal(equalHorizontal, plan.size.width, box.left, box.width);
  const [top, height] = equal(equalVertical, plan.size.height, box.top, box.height);
  return { left, top, width, height };
}

/** The start and the length that are kept along an axis, the same cut off at both ends where that is asked for. */
function equal(on: boolean, whole: number, start: number, length: number): [number, number] {
  if (!on) return [start, length];
  const off = Math.min(start, whole - start - length);
  return [off, whole - 2 * off];
}
