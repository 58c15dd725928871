import type { Size, SourceFacts, StepCall } from "@tintype/image-core";

import type { PassOptions } from "../dialect/processing-options.ts";
import { filterSteps } from "./filter-steps.ts";
import { fitPass, type FittedPass } from "./fit-pass.ts";
import { placeInside } from "./place-inside.ts";
import { smartWindow } from "./smart-window.ts";
import { trimBox } from "./trim-box.ts";
import { uprightUndone } from "./upright-undone.ts";
import { watermarkSteps, type LoadMark } from "./watermark-steps.ts";

/** Tells what a step finds when it is run behind others: where the content lies that it would keep. */
export type Look = (
  steps: readonly StepCall[],
) => Promise<Readonly<Record<string, unknown>> | undefined>;

/** What planning asks for besides options and the picture's size. */
export interface PlanContext {
  readonly look: Look;
  readonly loadMark: LoadMark;
}

/** A recipe, and the size of what it makes. */
export interface Plan {
  readonly steps: readonly StepCall[];
  readonly size: Size;
}

/**
 * Writes passes as one recipe of plain steps with every size in px. imgproxy's order within a pass: trim, rotate, crop,
 * scale, flip, cut to size, filters, extend, padding, background, watermark.
 */
export async function planPasses(
  passes: readonly PassOptions[],
  source: SourceFacts,
  context: PlanContext,
): Promise<Plan> {
  const [first] = passes;
  let plan: Plan = { steps: [], size: { width: source.width, height: source.height } };
  if (first?.autoRotate === false) plan = uprightUndone(plan, source.orientation);
  for (const [index, pass] of passes.entries()) {
    const vector = source.format === "svg" && index === 0;
    plan = await planPass(plan, pass, vector, context);
  }
  return plan;
}

async function planPass(
  before: Plan,
  options: PassOptions,
  vector: boolean,
  context: PlanContext,
): Promise<Plan> {
  const { background } = options;
  const trimmed = await withTrim(before, options, context);
  const turned = withRotation(trimmed, options.rotate);
  const fitted = fitPass(turned.size, options, vector);
  const cut = await withCut(turned, options, fitted, context);
  const scaled = withFlips(withScale(cut, fitted.scaled), options);
  const kept = await withKept(scaled, options, fitted, context);
  const filtered = { ...kept, steps: [...kept.steps, ...filterSteps(options)] };
  const canvas = withCanvas(filtered, options, fitted);
  const flat = background === undefined ? [] : [{ step: "flatten", background }];
  const marks = options.watermark
    ? await watermarkSteps(
        options,
        options.watermark,
        canvas.size,
        fitted.density,
        context.loadMark,
      )
    : [];
  return { ...canvas, steps: [...canvas.steps, ...flat, ...marks] };
}

async function withTrim(plan: Plan, { trim }: PassOptions, { look }: PlanContext): Promise<Plan> {
  const box = trim && (await trimBox(plan, trim, look));
  return box ? cropped(plan, box) : plan;
}

function withRotation(plan: Plan, angle: number): Plan {
  if (angle === 0) return plan;
  const { width, height } = plan.size;
  const size = angle % 180 === 0 ? plan.size : { width: height, height: width };
  return { steps: [...plan.steps, { step: "rotate", angle }], size };
}

async function withCut(
  plan: Plan,
  { crop, gravity }: PassOptions,
  { cut }: FittedPass,
  { look }: PlanContext,
): Promise<Plan> {
  const wanted = crop.gravity ?? gravity;
  const place =
    wanted.type === "sm"
      ? await smartWindow(plan, cut, look)
      : // It is cut before scaling, where no density counts yet.
        placeInside(plan.size, cut, wanted);
  return cropped(plan, { ...place, ...cut });
}

function withScale(plan: Plan, size: Size): Plan {
  if (isSame(plan.size, size)) return plan;
  const scale = { step: "resize", ...size, fit: "fill", enlarge: true };
  return { steps: [...plan.steps, scale], size };
}

function withFlips(plan: Plan, { flipHorizontal, flipVertical }: PassOptions): Plan {
  const flips = [
    ...(flipHorizontal ? [{ step: "flop" }] : []),
    ...(flipVertical ? [{ step: "flip" }] : []),
  ];
  return { ...plan, steps: [...plan.steps, ...flips] };
}

async function withKept(
  plan: Plan,
  { gravity }: PassOptions,
  { kept, density }: FittedPass,
  { look }: PlanContext,
): Promise<Plan> {
  const place =
    gravity.type === "sm"
      ? await smartWindow(plan, kept, look)
      : placeInside(plan.size, kept, gravity, { scale: density });
  return cropped(plan, { ...place, ...kept });
}

/** The space that extending and padding add, in one step. */
function withCanvas(
  plan: Plan,
  { extendGravity, extendAspectRatioGravity, padding }: PassOptions,
  { extended, extendedToRatio, density }: FittedPass,
): Plan {
  const scale = density;
  const first = placeInside(extended, plan.size, extendGravity, { scale });
  const second = placeInside(extendedToRatio, extended, extendAspectRatioGravity, { scale });
  const px = (side: number) => Math.round(side * density);
  const left = first.left + second.left;
  const top = first.top + second.top;
  const sides = {
    top: top + px(padding.top),
    right: extendedToRatio.width - plan.size.width - left + px(padding.right),
    bottom: extendedToRatio.height - plan.size.height - top + px(padding.bottom),
    left: left + px(padding.left),
  };
  if (Object.values(sides).every((side) => side === 0)) return plan;
  return {
    steps: [...plan.steps, { step: "pad", ...sides }],
    size: {
      width: plan.size.width + sides.left + sides.right,
      height: plan.size.height + sides.top + sides.bottom,
    },
  };
}

function cropped(plan: Plan, box: Size & { readonly left: number; readonly top: number }): Plan {
  const { width, height } = box;
  if (isSame(plan.size, box)) return plan;
  return { steps: [...plan.steps, { step: "crop", ...box }], size: { width, height } };
}

function isSame(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
