import { fittedGeometry } from "./fitted-geometry.ts";
import { imageFromPixels, readPixels, type Image, type Pixels } from "./image.ts";
import type { Size } from "./limits.ts";

/** Another picture at exactly this size: stretched (`fill`), or scaled to cover it and cut at `position` (0 to 1). */
export async function coveringPixels(
  image: Image,
  { width, height }: Size,
  fit: "fill" | "cover",
  position: { readonly x: number; readonly y: number } = { x: 0.5, y: 0.5 },
): Promise<Pixels> {
  const pixels = await image.pixels();
  const { scaled, window } = fittedGeometry(pixels, {
    width,
    height,
    fit,
    enlarge: true,
    position,
  });
  return readPixels(
    imageFromPixels(pixels)
      .open()
      .resize({ ...scaled, fit: "fill" })
      .extract({ ...window }),
  );
}
