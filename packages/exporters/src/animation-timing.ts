import type { Image } from "@tintype/image-core";

/** The delays and the loop count that an encoder is to write: those asked for, else those of the animation. */
export function animationTiming(
  { animation }: Image,
  { delayMs, loop }: { readonly delayMs?: number | undefined; readonly loop?: number | undefined },
): { delay?: number[]; loop?: number } {
  if (!animation) return {};
  const delay = animation.delays.map((own) => delayMs ?? own);
  return { delay, loop: loop ?? animation.loop };
}
