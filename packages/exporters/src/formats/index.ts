import { avif } from "./avif.ts";
import { jpeg } from "./jpeg.ts";
import { png } from "./png.ts";
import { webp } from "./webp.ts";

/** Every built-in format, in the order in which reference pages list them. */
export const formats = [png, jpeg, webp, avif] as const;
