import { adjust } from "./adjust.ts";
import { autoCrop } from "./auto-crop.ts";
import { blur } from "./blur.ts";
import { composite } from "./composite.ts";
import { crop } from "./crop.ts";
import { flatten } from "./flatten.ts";
import { flip } from "./flip.ts";
import { flop } from "./flop.ts";
import { grayscale } from "./grayscale.ts";
import { normalize } from "./normalize.ts";
import { pad } from "./pad.ts";
import { resize } from "./resize.ts";
import { rotate } from "./rotate.ts";
import { shadow } from "./shadow.ts";
import { sharpen } from "./sharpen.ts";
import { trim } from "./trim.ts";

/** Every built-in step, in the order in which reference pages list them. */
export const steps = [
  resize,
  crop,
  autoCrop,
  trim,
  pad,
  rotate,
  flip,
  flop,
  normalize,
  flatten,
  adjust,
  grayscale,
  blur,
  sharpen,
  shadow,
  composite,
] as const;
