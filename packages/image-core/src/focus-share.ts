/** The share of free space before `part` that brings a point, given as a fraction of `whole`, nearest to its middle. */
export function focusShare(focus: number, whole: number, part: number): number {
  if (whole <= part) return 0.5;
  return Math.min(1, Math.max(0, (focus * whole - part / 2) / (whole - part)));
}
