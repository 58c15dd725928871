import sharp from "sharp";

/**
 * The settings of sharp that hold for the whole process, made here and nowhere else:
 * no operation cache (it keeps decoders open: 794 MB instead of 264 MB after sixteen large progressive JPEGs), and one
 * thread a picture (pictures run side by side instead, and sharp would raise the number when MALLOC_ARENA_MAX is set).
 */
sharp.cache(false);
sharp.concurrency(1);

export { sharp };
export type { Sharp } from "sharp";
