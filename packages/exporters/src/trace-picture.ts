import { imageFromPixels, readPixels, sharp, type Pixels } from "@tintype/image-core";

/** What is traced of a picture. */
export interface TraceOptions {
  readonly colors: number;
  /** 0 to 1. */
  readonly detail: number;
}

/** A larger picture is reduced first: shapes keep their places, and tracing would take minutes. */
const maxSide = 1600;

/** Traces a picture as an SVG of its size: shapes of one color each, stacked, by vtracer. */
export async function tracePicture(pixels: Pixels, options: TraceOptions): Promise<Buffer> {
  const { colors, detail } = options;
  const { data, width, height } = await reduced(pixels, colors);
  const { vectorizeRaw, ColorMode, Hierarchical, PathSimplifyMode } =
    await import("@neplex/vectorizer");
  const traced = await vectorizeRaw(
    data,
    { width, height },
    {
      colorMode: ColorMode.Color,
      hierarchical: Hierarchical.Stacked,
      filterSpeckle: Math.round(1 + (1 - detail) * 11),
      // The colors were chosen already.
      colorPrecision: 8,
      layerDifference: Math.round(8 + (1 - detail) * 24),
      mode: PathSimplifyMode.Spline,
      cornerThreshold: 60,
      lengthThreshold: 3.5 + (1 - detail) * 3,
      maxIterations: 10,
      spliceThreshold: 45,
      pathPrecision: detail > 0.75 ? 2 : 1,
    },
  );
  const size = `width="${pixels.width}" height="${pixels.height}" viewBox="0 0 ${width} ${height}"`;
  return Buffer.from(
    traced.replace(/<svg[^>]*>/u, `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`),
  );
}

/** The picture in few colors, each pixel wholly transparent or not at all. */
async function reduced(pixels: Pixels, colors: number): Promise<Pixels> {
  const small = await imageFromPixels(pixels)
    .open()
    .resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
    .png({ palette: true, colours: colors, dither: 0 })
    .toBuffer();
  const { data, ...size } = await readPixels(sharp(small).ensureAlpha());
  const solid = Buffer.from(data);
  for (let at = 3; at < solid.length; at += 4) solid[at] = (solid[at] as number) < 128 ? 0 : 255;
  return { ...size, data: solid };
}
