import { labelRegions, labelsAtRim } from "./flood.ts";
import type { Plane } from "./plane.ts";

/** What to keep of a binary mask. */
export interface Tidiness {
  /** Fill everything that the object encloses; else only specks. */
  readonly keepHoles: boolean;
  readonly largestObjectOnly: boolean;
  /** Enclosed regions and parts of fewer pixels are specks. */
  readonly speckPx: number;
}

/** Fills holes and drops parts of a mask of 0 and 1, in place; specks go in any case. */
export function tidyObject({ data, width, height }: Plane<Uint8Array>, rule: Tidiness): void {
  const behind = labelRegions(width, height, (index) => data[index] === 0);
  const open = labelsAtRim(behind.labels, width, height);
  for (const [index, label] of behind.labels.entries()) {
    if (label === 0 || open.has(label)) continue;
    if (rule.keepHoles || (behind.areas[label] ?? 0) < rule.speckPx) data[index] = 1;
  }
  const parts = labelRegions(width, height, (index) => data[index] === 1);
  const largest = parts.areas.indexOf(Math.max(...parts.areas));
  for (const [index, label] of parts.labels.entries()) {
    const kept = rule.largestObjectOnly
      ? label === largest
      : (parts.areas[label] ?? 0) >= rule.speckPx;
    if (label !== 0 && !kept) data[index] = 0;
  }
}
