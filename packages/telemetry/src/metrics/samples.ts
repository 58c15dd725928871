/** One number of a metric, as it stands: a counter, a gauge, or a part of a histogram. */
export interface Sample {
  /** A histogram's parts end in `_bucket`, `_sum` and `_count`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The sum of a metric's samples whose labels are these. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return matching(samples, name, labels).reduce((sum, { value }) => sum + value, 0);
}

/** The sums of a metric's samples by the values of a label, the largest first. */
export function sumsBy(
  samples: readonly Sample[],
  name: string,
  label: string,
): readonly (readonly [value: string, sum: number])[] {
  const groups = Map.groupBy(matching(samples, name, {}), ({ labels }) => labels[label] ?? "");
  return [...groups]
    .map(([value, group]) => [value, sumOf(group, name)] as const)
    .toSorted(([, a], [, b]) => b - a);
}

/** The value that a share (0 to 1) of a histogram's observations stay below, as Prometheus' `histogram_quantile` guesses it; undefined before the first. */
export function quantileOf(
  samples: readonly Sample[],
  name: string,
  share: number,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const parts = matching(samples, `${name}_bucket`, labels);
  const buckets = [
    ...Map.groupBy(parts, (part) => Number(part.labels["le"]?.replace("+Inf", "Infinity"))),
  ]
    .map(([le, group]) => ({ le, count: group.reduce((sum, { value }) => sum + value, 0) }))
    .toSorted((a, b) => a.le - b.le);
  const rank = share * (buckets.at(-1)?.count ?? 0);
  const index = buckets.findIndex(({ count }) => count > 0 && count >= rank);
  const bucket = buckets[index];
  if (bucket === undefined) return undefined;
  const before = buckets[index - 1] ?? { le: 0, count: 0 };
  // Nobody knows how far beyond the last bound.
  if (bucket.le === Infinity) return before.le;
  const part = (rank - before.count) / (bucket.count - before.count);
  return before.le + (bucket.le - before.le) * part;
}

function matching(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>>,
): readonly Sample[] {
  const wanted = Object.entries(labels);
  return samples.filter(
    (sample) =>
      sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
  );
}
