import type { Backdrop } from "./backdrop.ts";
import type { RgbPicture } from "./plane.ts";

/** Along one axis: squares of `side` px, one of which begins at `offset`. */
interface Stripes {
  readonly side: number;
  readonly offset: number;
}

/** Fits a checkerboard of two colors, of any size and phase, to the pixels at some indexes; nothing when they show none. */
export function fitCheckerBackdrop(
  picture: RgbPicture,
  border: readonly number[],
): Backdrop | undefined {
  const { data, width, height } = picture;
  const pair = twoColors(data, border);
  if (!pair) return undefined;
  const [dark, light] = pair;
  const sign = (index: number): -1 | 0 | 1 => {
    const position = along(data, index * 3, dark, light);
    return position < 0.35 ? -1 : position > 0.65 ? 1 : 0;
  };
  const rows = linesOf(picture, sign, "rows");
  const columns = linesOf(picture, sign, "columns");
  const across = fitStripes(rows);
  const down = fitStripes(columns);
  // Squares, not stripes or chance: both axes tell the same side.
  if (!across || !down || Math.abs(Math.log(across.side / down.side)) > 0.08) return undefined;
  const blur = Math.max(1.2, Math.min(across.side, down.side) * 0.08);
  const squareAt = (x: number, y: number): -1 | 0 | 1 => {
    const [u, v] = [place(across, x * width - 0.5), place(down, y * height - 0.5)];
    const fromEdge = Math.min(edgeDistance(u) * across.side, edgeDistance(v) * down.side);
    if (fromEdge < blur) return 0;
    return (Math.floor(u) + Math.floor(v)) % 2 === 0 ? 1 : -1;
  };
  let agreement = 0;
  let told = 0;
  for (const index of border) {
    const square = squareAt(
      ((index % width) + 0.5) / width,
      (Math.floor(index / width) + 0.5) / height,
    );
    const shown = sign(index);
    if (square === 0 || shown === 0) continue;
    told++;
    agreement += square * shown;
  }
  if (Math.abs(agreement) < told * 0.6) return undefined;
  const flip = Math.sign(agreement);
  const residuals = border
    .map((index) => {
      const own = along(data, index * 3, dark, light) < 0.5 ? dark : light;
      return Math.hypot(...own.map((value, c) => (data[index * 3 + c] ?? 0) - value));
    })
    .toSorted((a, b) => a - b);
  const contrast = Math.hypot(...light.map((value, c) => value - (dark[c] ?? 0)));
  return {
    report: {
      backdrop: "checkerboard",
      colors: [dark.map(Math.round), light.map(Math.round)],
      squarePx: Math.round(across.side * 100) / 100,
    },
    tolerance: Math.min(30, contrast * 0.6, 9 + 3.5 * (residuals[residuals.length >> 1] ?? 0)),
    squares: [dark, light],
    squareAt: (x, y) => (squareAt(x, y) * flip) as -1 | 0 | 1,
    colorAt(x, y, out) {
      const [u, v] = [place(across, x * width - 0.5), place(down, y * height - 0.5)];
      const even = (Math.floor(u) + Math.floor(v)) % 2 === 0 ? flip : -flip;
      const color = even > 0 ? light : dark;
      for (const c of [0, 1, 2] as const) out[c] = color[c] ?? 0;
    },
  };
}

/** Counted in squares from far left, so that it is never negative. */
function place({ side, offset }: Stripes, at: number): number {
  return (at - offset) / side + 1e6;
}

function edgeDistance(at: number): number {
  const inside = at - Math.floor(at);
  return Math.min(inside, 1 - inside);
}

/** Where a pixel lies on the way from one color to another, 0 to 1. */
function along(
  data: Uint8Array,
  at: number,
  from: readonly number[],
  to: readonly number[],
): number {
  let [over, under] = [0, 0];
  for (const c of [0, 1, 2]) {
    const way = (to[c] ?? 0) - (from[c] ?? 0);
    over += ((data[at + c] ?? 0) - (from[c] ?? 0)) * way;
    under += way * way;
  }
  return over / Math.max(under, 1e-6);
}

/** The two colors of which most of the pixels are made, darker first; nothing when there is one, or many. */
function twoColors(data: Uint8Array, border: readonly number[]): [number[], number[]] | undefined {
  const bright = (index: number) =>
    (data[index * 3] ?? 0) + (data[index * 3 + 1] ?? 0) + (data[index * 3 + 2] ?? 0);
  const sorted = border.map(bright).toSorted((a, b) => a - b);
  let [low, high] = [
    sorted[Math.floor(sorted.length * 0.15)] ?? 0,
    sorted[Math.floor(sorted.length * 0.85)] ?? 0,
  ];
  for (let round = 0; round < 8; round++) {
    const middle = (low + high) / 2;
    const below = sorted.filter((value) => value <= middle);
    const above = sorted.filter((value) => value > middle);
    [low, high] = [below[below.length >> 1] ?? low, above[above.length >> 1] ?? high];
  }
  if (high - low < 18) return undefined;
  const reach = (high - low) * 0.25;
  const colors = [low, high].map((level) => {
    const near = border.filter((index) => Math.abs(bright(index) - level) < reach);
    if (near.length < border.length * 0.2) return undefined;
    return [0, 1, 2].map(
      (c) => near.reduce((sum, index) => sum + (data[index * 3 + c] ?? 0), 0) / near.length,
    );
  });
  const [dark, light] = colors;
  if (!dark || !light) return undefined;
  const fitting = border.filter(
    (index) => Math.abs(bright(index) - low) < reach || Math.abs(bright(index) - high) < reach,
  );
  return fitting.length > border.length * 0.6 ? [dark, light] : undefined;
}

/** Signs along lines near two opposite sides of the picture. */
function linesOf(
  { width, height }: RgbPicture,
  sign: (index: number) => number,
  axis: "rows" | "columns",
): Int8Array[] {
  const [length, breadth] = axis === "rows" ? [width, height] : [height, width];
  const depth = Math.max(2, Math.round(Math.min(width, height) * 0.03));
  const lines = Array.from({ length: 6 }, (_, i) => Math.floor(((i % 3) + 0.5) * (depth / 3))).map(
    (inset, i) => (i < 3 ? inset : breadth - 1 - inset),
  );
  return lines.map((line) =>
    Int8Array.from({ length }, (_, at) =>
      sign(axis === "rows" ? line * width + at : at * width + line),
    ),
  );
}

/** The squares' side and place from the strongest frequency of the lines' signs. */
function fitStripes(lines: readonly Int8Array[]): Stripes | undefined {
  const length = lines[0]?.length ?? 0;
  const power = (side: number) =>
    lines.reduce((sum, line) => {
      const [re, im] = fourier(line, side);
      return sum + Math.hypot(re, im);
    }, 0) /
    (lines.length * length);
  // Frequencies a quarter of a wave over the whole length apart; squares of 3 px to a third of the length.
  let best = { side: 0, power: 0 };
  const consider = (frequency: number) => {
    const side = 0.5 / frequency;
    const found = power(side);
    if (found > best.power) best = { side, power: found };
  };
  for (let f = 1.5 / length; f <= 1 / 6; f += 0.25 / length) consider(f);
  for (const step of [0.08, 0.02, 0.005]) {
    const center = 0.5 / best.side;
    for (let k = -4; k <= 4; k++) consider(center + (k * step) / length);
  }
  // A clean square wave gives 2/π = 0.64; objects that reach the border and noise take their part.
  if (best.power < 0.35) return undefined;
  // Each line may begin with either color: doubling the phase takes the sign out.
  let [re, im] = [0, 0];
  for (const line of lines) {
    const [a, b] = fourier(line, best.side);
    re += a * a - b * b;
    im += 2 * a * b;
  }
  const phase = Math.atan2(im, re) / 2;
  // The wave's crests are the middles of squares.
  return { side: best.side, offset: (phase / Math.PI) * best.side - best.side / 2 };
}

function fourier(line: Int8Array, side: number): [number, number] {
  let [re, im] = [0, 0];
  const [turnRe, turnIm] = [Math.cos(Math.PI / side), Math.sin(Math.PI / side)];
  let [unitRe, unitIm] = [1, 0];
  for (const value of line) {
    re += value * unitRe;
    im += value * unitIm;
    [unitRe, unitIm] = [unitRe * turnRe - unitIm * turnIm, unitRe * turnIm + unitIm * turnRe];
  }
  return [re, im];
}
