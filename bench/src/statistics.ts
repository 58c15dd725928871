/** The middle and the ends of some figures. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The spread of at least one figure. */
export function spreadOf(figures: readonly number[]): Spread {
  return { median: percentile(figures, 0.5), min: Math.min(...figures), max: Math.max(...figures) };
}

/** The figure below which a share of all lies, interpolated between neighbors. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error("there is nothing to measure");
  return below + (above - below) * (at - Math.floor(at));
}

/** The same values in an order that `random` deals (Fisher and Yates). */
export function shuffled<Value>(values: readonly Value[], random = Math.random): Value[] {
  const dealt = [...values];
  for (let left = dealt.length - 1; left > 0; left -= 1) {
    const at = Math.floor(random() * (left + 1));
    [dealt[left], dealt[at]] = [dealt[at] as Value, dealt[left] as Value];
  }
  return dealt;
}
