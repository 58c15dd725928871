import { auto } from "./auto.ts";
import { avif } from "./avif.ts";
import { bmp } from "./bmp.ts";
import { gif } from "./gif.ts";
import { ico } from "./ico.ts";
import { jpeg } from "./jpeg.ts";
import { png } from "./png.ts";
import { svg } from "./svg.ts";
import { tiff } from "./tiff.ts";
import { webp } from "./webp.ts";

/** Every built-in format, in the order in which reference pages list them. */
export const formats = [png, jpeg, webp, avif, gif, tiff, bmp, svg, ico, auto] as const;
