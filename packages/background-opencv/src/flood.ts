/** Labels the 4-connected regions of pixels that `belongs` names, from 1; 0 elsewhere. `areas[label]` counts each one's pixels. */
export function labelRegions(
  width: number,
  height: number,
  belongs: (index: number) => boolean,
): { labels: Int32Array; areas: number[] } {
  const labels = new Int32Array(width * height);
  const stack = new Int32Array(width * height);
  const areas = [0];
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || !belongs(start)) continue;
    const label = areas.length;
    let [depth, area] = [0, 0];
    const visit = (index: number) => {
      if (labels[index] !== 0 || !belongs(index)) return;
      labels[index] = label;
      stack[depth++] = index;
    };
    visit(start);
    while (depth > 0) {
      const index = stack[--depth] ?? 0;
      area++;
      const x = index % width;
      if (x > 0) visit(index - 1);
      if (x < width - 1) visit(index + 1);
      if (index >= width) visit(index - width);
      if (index < labels.length - width) visit(index + width);
    }
    areas.push(area);
  }
  return { labels, areas };
}

/** The labels that reach the picture's rim. */
export function labelsAtRim(labels: Int32Array, width: number, height: number): Set<number> {
  const found = new Set<number>();
  for (let x = 0; x < width; x++) {
    found.add(labels[x] ?? 0);
    found.add(labels[(height - 1) * width + x] ?? 0);
  }
  for (let y = 0; y < height; y++) {
    found.add(labels[y * width] ?? 0);
    found.add(labels[y * width + width - 1] ?? 0);
  }
  found.delete(0);
  return found;
}
