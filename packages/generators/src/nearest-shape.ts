/** Width and height in px. */
export interface Shape {
  readonly width: number;
  readonly height: number;
}

/** The shape that loses least when it is cut to what is wanted: the nearest aspect ratio, then the smallest that covers. */
export function nearestShape<const Offered extends readonly [Shape, ...Shape[]]>(
  offered: Offered,
  wanted: Shape,
): Offered[number] {
  const distance = (one: Shape) =>
    Math.abs(Math.log((one.width / one.height) * (wanted.height / wanted.width)));
  const best = Math.min(...offered.map(distance));
  const alike = offered
    .filter((one) => distance(one) - best < 1e-9)
    .toSorted((a, b) => a.width * a.height - b.width * b.height);
  const covering = alike.find(
    ({ width, height }) => width >= wanted.width && height >= wanted.height,
  );
  return covering ?? alike.at(-1) ?? offered[0];
}
