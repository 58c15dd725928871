import type { Backdrop } from "./backdrop.ts";
import type { RgbPicture } from "./plane.ts";

/** A color, with its soft gradient as terms in x and y from −1 to 1. */
type Surface = readonly (readonly number[])[];

/** Fits one color with a soft gradient to the pixels at some indexes; nothing when less than half of them agree. */
export function fitFlatBackdrop(
  { data, width, height }: RgbPicture,
  border: readonly number[],
): Backdrop | undefined {
  const terms = border.map((index) =>
    termsAt((index % width) / width, Math.floor(index / width) / height),
  );
  let surface: Surface = [0, 1, 2].map((c) => [
    median(border.map((at) => data[at * 3 + c] ?? 0)),
    0,
    0,
    0,
    0,
    0,
  ]);
  let spread = 0;
  const residual = (at: number) =>
    Math.hypot(
      ...[0, 1, 2].map((c) => (data[(border[at] ?? 0) * 3 + c] ?? 0) - dot(surface[c], terms[at])),
    );
  let agreeing = border.map((_, at) => at);
  // A robust fit: first what is near the median, then, tighter each time, what is near the surface.
  for (const reach of [60, 40, 30, 24]) {
    agreeing = border.map((_, at) => at).filter((at) => residual(at) <= reach);
    if (agreeing.length * 2 < border.length) return undefined;
    surface = [0, 1, 2].map((c) =>
      leastSquares(
        agreeing.map((at) => terms[at] ?? []),
        agreeing.map((at) => data[(border[at] ?? 0) * 3 + c] ?? 0),
      ),
    );
    spread = median(agreeing.map(residual));
  }
  return {
    report: { backdrop: "flat", color: surface.map((s) => Math.round(s[0] ?? 0)) },
    tolerance: Math.min(36, 10 + 3.5 * spread),
    colorAt(x, y, out) {
      const at = termsAt(x, y);
      for (const c of [0, 1, 2] as const) out[c] = dot(surface[c], at);
    },
  };
}

function termsAt(x: number, y: number): number[] {
  const [u, v] = [2 * x - 1, 2 * y - 1];
  return [1, u, v, u * v, u * u, v * v];
}

function dot(left: readonly number[] = [], right: readonly number[] = []): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += (left[i] ?? 0) * (right[i] ?? 0);
  return sum;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Solves the normal equations by elimination, a little damped, so that a gradient which the border cannot tell stays 0. */
function leastSquares(rows: readonly number[][], values: readonly number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, (_, i) => [
    ...Array.from(
      { length: size },
      (__, j) =>
        rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) +
        (i === j && i > 0 ? rows.length * 1e-3 : 0),
    ),
    rows.reduce((sum, row, at) => sum + (row[i] ?? 0) * (values[at] ?? 0), 0),
  ]);
  for (const [i, pivot] of matrix.entries())
    for (const [j, row] of matrix.entries()) {
      if (i === j) continue;
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      for (let k = i; k <= size; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  return matrix.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}
