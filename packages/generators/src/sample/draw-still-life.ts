import type { Shape } from "../nearest-shape.ts";
import { seededRandom, type Random } from "./random.ts";
import { things, type Thing } from "./still-life-objects.ts";

type Colors = readonly [string, ...string[]];

/** Colors that a prompt can name. */
const named: Readonly<Record<string, string>> = {
  red: "#d8432f",
  orange: "#e8862d",
  yellow: "#edc233",
  green: "#4f9a52",
  teal: "#2c8f8a",
  blue: "#2f6fb5",
  purple: "#7a4fa3",
  pink: "#dd6f98",
  brown: "#8a5a38",
  black: "#37333b",
  gray: "#8b8f98",
  grey: "#8b8f98",
  silver: "#b4b9c1",
  gold: "#cda349",
};

const palette: Colors = ["#d8432f", "#2f6fb5", "#e8862d", "#2c8f8a", "#7a4fa3", "#4f9a52"];
const backdrops: Colors = ["#eef1f4", "#f4efe6", "#e9f0ea", "#f3eaec", "#e8ebf3"];

const boardHeight = 62;

/**
 * A still life as SVG: things that the prompt's words call for, in colors that it names, on a wooden board before a
 * flat backdrop. It follows from its arguments alone.
 */
export function drawStillLife(prompt: string, { width, height }: Shape, seed: number): string {
  const random = seededRandom(seed);
  const backdrop = random.pick(backdrops);
  const chosen = chooseThings(prompt, random);
  // Things stand a little before one another.
  const row = chosen.reduce((sum, { thing }) => sum + thing.width * 0.88, 0);
  let left = -row / 2;
  const placed = chosen.map(({ thing, color }, index) => {
    const x = left + thing.width * 0.44;
    left += thing.width * 0.88;
    const y = index % 2 === 0 ? 0 : random.between(14, 24);
    return {
      y,
      svg: `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">${thing.draw(color, random)}</g>`,
    };
  });
  const front = placed.toSorted((a, b) => a.y - b.y).map(({ svg }) => svg);
  const tall = Math.max(...chosen.map(({ thing }) => thing.height));
  const scale = Math.min((width * 0.8) / (row + 90), (height * 0.8) / (tall + boardHeight));
  const ground = height / 2 + ((tall - boardHeight) / 2) * scale;
  const place = `translate(${(width / 2).toFixed(1)} ${ground.toFixed(1)}) scale(${scale.toFixed(4)})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${backdrop}"/><g transform="${place}">${board(row + 90)}${front.join("")}</g></svg>`;
}

function board(width: number): string {
  const left = -width / 2;
  return (
    `<rect x="${left}" y="-12" width="${width}" height="74" rx="20" fill="#a8713f"/>` +
    `<rect x="${left}" y="40" width="${width}" height="22" rx="11" fill="#7c4f2a"/>` +
    `<rect x="${left + 24}" y="4" width="${width * 0.4}" height="5" rx="2.5" fill="#c4905c"/>` +
    `<rect x="${left + width * 0.5}" y="22" width="${width * 0.36}" height="5" rx="2.5" fill="#8f5d32"/>`
  );
}

interface ColoredThing {
  readonly thing: Thing;
  readonly color: string;
}

/** What the words call for, in the colors that they name, and others beside it so that three things stand there. */
function chooseThings(prompt: string, random: Random): readonly ColoredThing[] {
  const colors = colorsIn(prompt);
  const chosen = new Set(things.filter(({ words }) => words.test(prompt)).slice(0, 4));
  const called = Math.max(1, chosen.size);
  while (chosen.size < 3) chosen.add(random.pick(things));
  const [first, second, ...others] = [...chosen].map((thing, index) => ({
    thing,
    color: (index < called ? colors[index % colors.length] : undefined) ?? random.pick(palette),
  }));
  // What was asked for first stands in the middle.
  return [second, first, ...others].filter((one) => one !== undefined);
}

function colorsIn(prompt: string): readonly string[] {
  const words = prompt.toLowerCase().match(/#[\da-f]{6}\b|[a-z]+/gu) ?? [];
  return words.flatMap((word) =>
    word.startsWith("#") ? [word] : Object.hasOwn(named, word) ? (named[word] ?? []) : [],
  );
}
