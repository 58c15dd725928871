/** How one mode joins a source with the backdrop below it; colors and alphas go from 0 to 1. */
export interface BlendMode {
  /** The share of the source that stays (Porter and Duff's Fa), by the alphas of source and backdrop. */
  readonly source: (source: number, backdrop: number) => number;
  /** The share of the backdrop that stays (Fb). */
  readonly backdrop: (source: number, backdrop: number) => number;
  /** The color where both are, by the colors of backdrop and source; the source's when left out. */
  readonly mix?: (backdrop: number, source: number) => number;
}

const none = () => 0;
const all = () => 1;
const ofSource = (source: number) => source;
const besideSource = (source: number) => 1 - source;
const ofBackdrop = (_source: number, backdrop: number) => backdrop;
const besideBackdrop = (_source: number, backdrop: number) => 1 - backdrop;

const mixing = (mix: (backdrop: number, source: number) => number): BlendMode => ({
  source: all,
  backdrop: besideSource,
  mix,
});

/**
 * The blend modes that libvips names, by the formulas of the W3C's Compositing and Blending Level 1 (9.1 and 10.1).
 *
 * libvips' own are wrong where both pictures are partly transparent, by up to half of the range: it mixes
 * premultiplied colors, and leaves the backdrop's alpha out of `atop`.
 */
export const blendModes = {
  over: { source: all, backdrop: besideSource },
  multiply: mixing((b, s) => b * s),
  screen: mixing((b, s) => b + s - b * s),
  overlay: mixing((b, s) => hardLight(s, b)),
  darken: mixing(Math.min),
  lighten: mixing(Math.max),
  "color-dodge": mixing((b, s) => (b === 0 ? 0 : s === 1 ? 1 : Math.min(1, b / (1 - s)))),
  "color-burn": mixing((b, s) => (b === 1 ? 1 : s === 0 ? 0 : 1 - Math.min(1, (1 - b) / s))),
  "hard-light": mixing(hardLight),
  "soft-light": mixing(softLight),
  difference: mixing((b, s) => Math.abs(b - s)),
  exclusion: mixing((b, s) => b + s - 2 * b * s),
  add: { source: all, backdrop: all },
  saturate: { source: (s, b) => Math.min(1, (1 - b) / s), backdrop: all },
  atop: { source: ofBackdrop, backdrop: besideSource },
  in: { source: ofBackdrop, backdrop: none },
  out: { source: besideBackdrop, backdrop: none },
  xor: { source: besideBackdrop, backdrop: besideSource },
  clear: { source: none, backdrop: none },
  source: { source: all, backdrop: none },
  dest: { source: none, backdrop: all },
  "dest-over": { source: besideBackdrop, backdrop: all },
  "dest-in": { source: none, backdrop: ofSource },
  "dest-out": { source: none, backdrop: besideSource },
  "dest-atop": { source: besideBackdrop, backdrop: ofSource },
} as const satisfies Record<string, BlendMode>;

/** Whether a mode can leave an opaque picture with transparent parts. */
export function canClear({ source, backdrop }: BlendMode): boolean {
  return [0.5, 1].some((alpha) => alpha * source(alpha, 1) + backdrop(alpha, 1) < 1);
}

function hardLight(b: number, s: number): number {
  return s <= 0.5 ? b * 2 * s : b + (2 * s - 1) * (1 - b);
}

function softLight(b: number, s: number): number {
  if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
  const d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
  return b + (2 * s - 1) * (d - b);
}
