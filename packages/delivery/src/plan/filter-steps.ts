import type { StepCall } from "@tintype/image-core";

import type { Gradient, PassOptions } from "../dialect/processing-options.ts";

/** The steps that change what a picture looks like, and not its size. */
export function filterSteps(options: PassOptions): readonly StepCall[] {
  const { brightness, contrast, saturation, blur, sharpen, pixelate, gradient } = options;
  const isAdjusted = brightness !== 0 || contrast !== 1 || saturation !== 1;
  return [
    ...(isAdjusted
      ? [{ step: "adjust", lightness: (brightness / 255) * 100, contrast, saturation }]
      : []),
    // A narrower Gaussian changes nothing.
    ...(blur >= 0.3 ? [{ step: "blur", sigma: blur }] : []),
    // The strengths that libvips has of itself.
    ...(sharpen >= 0.1 ? [{ step: "sharpen", sigma: sharpen, flat: 0, jagged: 3 }] : []),
    ...(pixelate >= 2 ? [{ step: "pixelate", block: pixelate }] : []),
    ...(gradient ? [gradientStep(gradient)] : []),
  ];
}

function gradientStep(gradient: Gradient): StepCall {
  const svg = Buffer.from(gradientSvg(gradient)).toString("base64");
  return { step: "composite", image: `data:image/svg+xml;base64,${svg}`, scale: "match" };
}

/** A square that is drawn over the whole picture; its gradient runs through it at the angle. */
function gradientSvg({ color, opacity, angle, start, stop }: Gradient): string {
  const stopAt = (offset: number, alpha: number) =>
    `<stop offset="${offset}" stop-color="${color}" stop-opacity="${alpha}"/>`;
  const stops = stopAt(start, 0) + stopAt(Math.max(start, stop), opacity);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><linearGradient id="g" x1="0" y1="0" x2="0" y2="1" gradientTransform="rotate(${angle} .5 .5)">${stops}</linearGradient><rect width="512" height="512" fill="url(#g)"/></svg>`;
}
