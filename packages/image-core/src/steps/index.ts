import { adjust } from "./adjust.ts";
import { autoCrop } from "./auto-crop.ts";
import { background } from "./background.ts";
import { blur } from "./blur.ts";
import { border } from "./border.ts";
import { composite } from "./composite.ts";
import { crop } from "./crop.ts";
import { dpr } from "./dpr.ts";
import { duotone } from "./duotone.ts";
import { flatten } from "./flatten.ts";
import { flip } from "./flip.ts";
import { flop } from "./flop.ts";
import { grayscale } from "./grayscale.ts";
import { mask } from "./mask.ts";
import { median } from "./median.ts";
import { negate } from "./negate.ts";
import { normalize } from "./normalize.ts";
import { pad } from "./pad.ts";
import { pixelate } from "./pixelate.ts";
import { redact } from "./redact.ts";
import { reflection } from "./reflection.ts";
import { removeBackground } from "./remove-background.ts";
import { resize } from "./resize.ts";
import { rotate } from "./rotate.ts";
import { roundCorners } from "./round-corners.ts";
import { shadow } from "./shadow.ts";
import { sharpen } from "./sharpen.ts";
import { smartCrop } from "./smart-crop.ts";
import { threshold } from "./threshold.ts";
import { tint } from "./tint.ts";
import { trim } from "./trim.ts";
import { watermark } from "./watermark.ts";

/** Every built-in step, in the order in which reference pages list them. */
export const steps = [
  resize,
  crop,
  autoCrop,
  smartCrop,
  trim,
  dpr,
  pad,
  border,
  rotate,
  flip,
  flop,
  normalize,
  flatten,
  background,
  adjust,
  grayscale,
  negate,
  tint,
  duotone,
  threshold,
  blur,
  sharpen,
  median,
  pixelate,
  redact,
  removeBackground,
  mask,
  roundCorners,
  shadow,
  reflection,
  composite,
  watermark,
] as const;
