/** Makes a function that keeps a label's first `most` values and gives `other` for every later one, so that no client can fill the memory of whoever collects metrics. */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return "other";
    known.add(value);
    return value;
  };
}
