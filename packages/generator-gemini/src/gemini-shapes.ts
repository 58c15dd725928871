import type { GenerationQuality, Shape } from "@tintype/generators";

/** A shape that Gemini's image models draw, in its own words; `costFactor` is its price relative to a 1K picture. */
export interface GeminiShape extends Shape {
  readonly aspectRatio: string;
  readonly imageSize: "1K" | "2K" | "4K";
  readonly costFactor: number;
}

const ratios = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];

const sizes = [
  { imageSize: "1K", sidePx: 1024, costFactor: 1 },
  { imageSize: "2K", sidePx: 2048, costFactor: 1.5 },
  { imageSize: "4K", sidePx: 4096, costFactor: 2.3 },
] as const;

/** How many of the sizes each quality may pay for. */
const sizesFor: Readonly<Record<GenerationQuality, number>> = { low: 1, medium: 2, high: 3 };

/** Every shape of a quality; pixels are nominal, an area of 1024², 2048² or 4096². */
export function geminiShapes(quality: GenerationQuality): [GeminiShape, ...GeminiShape[]] {
  const shapes = sizes.slice(0, sizesFor[quality]).flatMap(({ sidePx, ...size }) =>
    ratios.map((aspectRatio) => {
      const [across = 1, down = 1] = aspectRatio.split(":").map(Number);
      const unit = sidePx / Math.sqrt(across * down);
      return Object.assign({ aspectRatio, width: across * unit, height: down * unit }, size);
    }),
  );
  return shapes as [GeminiShape, ...GeminiShape[]];
}
