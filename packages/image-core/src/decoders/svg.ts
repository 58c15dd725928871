import { assertWithinLimits, type Size } from "../limits.ts";
import { sharp } from "../process-settings.ts";
import { sanitizeSvg } from "../sanitize-svg.ts";
import type { Decoder } from "./decoder.ts";
import { factsOf } from "./with-sharp.ts";

/** Px of CSS are 72 to sharp's inch. */
const density = 72;
/** The most that sharp takes. */
const maxDensity = 100_000;

/** Opens a drawing without what is foreign in it, at the size that is wanted. */
export const svg: Decoder = async (bytes, { limits }) => {
  const { data, pictures } = sanitizeSvg(bytes);
  // The drawing's own decoder knows no limit for the pictures inside it.
  for (const picture of pictures) {
    const header = factsOf(await sharp(picture, { limitInputPixels: false }).metadata());
    assertWithinLimits(header, limits, { what: "picture inside the drawing" });
  }
  const facts = factsOf(await sharp(data, { limitInputPixels: false }).metadata());
  return {
    facts,
    metadata: {},
    open: (wanted) =>
      sharp(data, {
        limitInputPixels: limits.maxPixels,
        density: density * (wanted ? scaleFor(wanted, facts, limits) : 1),
      }),
  };
};

/** How much larger a drawing is drawn so that it has to be scaled down, if at all, but never beyond the limits. */
function scaleFor(
  wanted: Size,
  own: Size,
  { maxPixels, maxSide }: { readonly maxPixels: number; readonly maxSide: number },
): number {
  const needed = Math.max(wanted.width / own.width, wanted.height / own.height);
  const most = Math.min(
    Math.sqrt(maxPixels / (own.width * own.height)),
    maxSide / Math.max(own.width, own.height),
  );
  return Math.min(maxDensity / density, Math.max(1 / density, Math.min(needed, most * 0.99)));
}
