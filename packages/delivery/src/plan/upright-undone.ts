import type { Plan } from "./plan-passes.ts";

/** What turns an upright picture back to how its file holds it, by the orientation that EXIF gives it. */
const steps: Readonly<
  Record<number, readonly { readonly step: string; readonly angle?: number }[]>
> = {
  2: [{ step: "flop" }],
  3: [{ step: "rotate", angle: 180 }],
  4: [{ step: "flip" }],
  5: [{ step: "rotate", angle: 90 }, { step: "flop" }],
  6: [{ step: "rotate", angle: 270 }],
  7: [{ step: "rotate", angle: 90 }, { step: "flip" }],
  8: [{ step: "rotate", angle: 90 }],
};

/** The plan for a picture that shall lie as it lies in its file. */
export function uprightUndone({ size: { width, height } }: Plan, orientation: number): Plan {
  return {
    steps: steps[orientation] ?? [],
    size: orientation >= 5 ? { width: height, height: width } : { width, height },
  };
}
