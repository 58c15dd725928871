import type { Random } from "./random.ts";

/** One thing on the table: drawn upright on the line y = 0, centered on x = 0, in units of a thousandth of the group. */
export interface Thing {
  /** Words in a prompt that call for it. */
  readonly words: RegExp;
  readonly width: number;
  readonly height: number;
  /** Its drawing in a color, as SVG. */
  draw(color: string, random: Random): string;
}

const light = (opacity: number) => `fill="#fff" fill-opacity="${opacity}"`;
const dark = (opacity: number) => `fill="#1b1420" fill-opacity="${opacity}"`;
const number = (value: number) => Number(value.toFixed(2));

const leaf = (x: number, y: number, turn: number) =>
  `<path d="M${x} ${y}q26 -34 64 -26q-14 36 -64 26z" fill="#4f8a3c" transform="rotate(${number(turn)} ${x} ${y})"/>`;

/** Everything that can stand on the table. */
export const things: readonly [Thing, ...Thing[]] = [
  {
    words: /\b(?:car|truck|taxi|vehicle|automobile)s?\b/iu,
    width: 470,
    height: 192,
    draw: (color) =>
      `<path d="M-230 -62q4 -58 70 -66l44 -60q14 -20 40 -20h118q30 0 52 22l58 58q72 8 78 62v36q0 14 -16 14h-428q-16 0 -16 -14z" fill="${color}"/>` +
      `<path d="M-230 -62h460v36q0 14 -16 14h-428q-16 0 -16 -14z" ${dark(0.18)}/>` +
      `<path d="M-100 -132l34 -46q8 -10 22 -10h36v56zM8 -132v-56h34q18 0 32 13l42 43z" fill="#cfe6f2"/>` +
      `<path d="M-100 -132l34 -46h18l-34 46z" ${light(0.5)}/>` +
      `<circle cx="-128" cy="-38" r="50" fill="#262329"/><circle cx="-128" cy="-38" r="25" fill="#c9c6cd"/>` +
      `<circle cx="132" cy="-38" r="50" fill="#262329"/><circle cx="132" cy="-38" r="25" fill="#c9c6cd"/>` +
      `<rect x="-228" y="-96" width="26" height="20" rx="8" fill="#e5484d"/><rect x="196" y="-100" width="30" height="22" rx="9" fill="#ffe9a8"/>`,
  },
  {
    words: /\b(?:bottle|wine|perfume|lotion)s?\b/iu,
    width: 150,
    height: 410,
    draw: (color) =>
      `<path d="M-66 0v-210q0 -46 40 -76v-92h52v92q40 30 40 76v210q0 12 -14 12h-104q-14 0 -14 -12z" fill="${color}" transform="translate(0 -12)"/>` +
      `<path d="M-50 -24v-192q0 -26 16 -40v232z" ${light(0.32)}/><path d="M30 -10v-210q0 -40 -10 -60q46 30 46 70v190q0 10 -12 10z" ${dark(0.16)}/>` +
      `<rect x="-66" y="-190" width="132" height="104" fill="#f4ecd8"/><rect x="-38" y="-156" width="76" height="8" fill="#8d7b58"/><rect x="-26" y="-134" width="52" height="6" fill="#b9a985"/>` +
      `<rect x="-31" y="-408" width="62" height="34" rx="7" fill="#3a332f"/>`,
  },
  {
    words: /\b(?:vase|flower|plant|bouquet|garden|rose|tulip)s?\b/iu,
    width: 220,
    height: 470,
    draw: (color, random) => {
      const stems = [-70, -24, 26, 76].map((lean) => {
        const [x, y] = [number(lean * 1.25), number(random.between(-430, -350))];
        const petals = [0, 72, 144, 216, 288].map(
          (turn) =>
            `<ellipse cx="${x}" cy="${y - 24}" rx="19" ry="26" fill="${color}" transform="rotate(${turn} ${x} ${y})"/>`,
        );
        return `<path d="M0 -190Q${number(lean / 3)} -290 ${x} ${y}" stroke="#4f8a3c" stroke-width="9" fill="none"/>${leaf(number(lean / 2), -270, lean)}${petals.join("")}<circle cx="${x}" cy="${y}" r="16" fill="#f5c542"/>`;
      });
      return (
        stems.join("") +
        `<path d="M-44 -214h88q-8 44 26 84q34 44 14 92q-14 38 -44 38h-80q-30 0 -44 -38q-20 -48 14 -92q34 -40 26 -84z" fill="#d9966f"/>` +
        `<path d="M-44 -214h22q-6 48 -22 84q-22 44 -12 92q8 30 24 38h-8q-30 0 -44 -38q-20 -48 14 -92q34 -40 26 -84z" ${light(0.32)}/>` +
        `<path d="M36 -128q30 46 14 92q-12 34 -36 36h26q30 0 44 -38q20 -48 -14 -92q-22 -26 -26 -50q-8 22 -8 52z" ${dark(0.14)}/>`
      );
    },
  },
  {
    words: /\b(?:cup|mug|coffee|tea|breakfast)s?\b/iu,
    width: 220,
    height: 180,
    draw: (color) =>
      `<path d="M74 -128q64 -10 64 40t-72 40" fill="none" stroke="${color}" stroke-width="22"/>` +
      `<path d="M-92 -160h176q0 110 -30 146q-12 14 -34 14h-48q-22 0 -34 -14q-30 -36 -30 -146z" fill="${color}"/>` +
      `<path d="M-76 -148h30q0 96 22 140q-12 -2 -20 -12q-30 -34 -32 -128z" ${light(0.35)}/>` +
      `<ellipse cx="-4" cy="-160" rx="88" ry="19" ${dark(0.25)}/><ellipse cx="-4" cy="-160" rx="88" ry="19" fill="${color}"/><ellipse cx="-4" cy="-157" rx="74" ry="13" fill="#4b2e1e"/>`,
  },
  {
    words: /\b(?:book|study|library|learning|saving|report)s?\b/iu,
    width: 280,
    height: 136,
    draw: (color) =>
      `<rect x="-136" y="-46" width="272" height="46" rx="7" fill="#2f4858"/><rect x="-120" y="-37" width="256" height="28" fill="#f4ecd8"/>` +
      `<rect x="-122" y="-94" width="250" height="48" rx="7" fill="${color}"/><rect x="-106" y="-85" width="234" height="30" fill="#fbf6ea"/>` +
      `<rect x="-130" y="-136" width="236" height="42" rx="7" fill="#d9a441"/><rect x="-114" y="-128" width="220" height="26" fill="#f4ecd8"/>` +
      `<rect x="-136" y="-12" width="272" height="12" rx="6" ${dark(0.2)}/>`,
  },
  {
    words: /\b(?:lemon|citrus|lime)s?\b/iu,
    width: 150,
    height: 118,
    draw: () =>
      `<path d="M-84 -58q14 -58 78 -58q58 0 76 46q22 4 22 14t-22 14q-18 42 -76 42q-62 0 -78 -46q-10 -4 0 -12z" fill="#f2c230"/>` +
      `<path d="M-60 -66q14 -38 58 -38q-38 14 -42 60q-14 -4 -16 -22z" ${light(0.4)}/><path d="M-74 -34q18 34 68 34q58 0 76 -42q6 -2 12 -6q-20 26 -76 30q-50 2 -80 -16z" ${dark(0.1)}/>`,
  },
  {
    words: /\b(?:pear|fruit)s?\b/iu,
    width: 160,
    height: 242,
    draw: () =>
      `<path d="M4 -196q-4 -26 16 -44" stroke="#5b4029" stroke-width="10" fill="none"/>` +
      `<path d="M0 -200q34 0 42 44q6 32 32 62q26 46 -8 78q-24 16 -66 16t-66 -16q-34 -32 -8 -78q26 -30 32 -62q8 -44 42 -44z" fill="#b7b84b"/>` +
      `<path d="M-20 -170q-8 40 -34 72q-18 34 0 60q-36 -20 -16 -66q26 -30 32 -58z" ${light(0.36)}/><path d="M66 -92q22 44 -10 76q-24 16 -58 16h2q42 0 66 -16q34 -32 8 -78z" ${dark(0.14)}/>`,
  },
  {
    words: /\b(?:apple|health|school)s?\b/iu,
    width: 180,
    height: 200,
    draw: (color) =>
      `<path d="M2 -142q-6 -30 14 -54" stroke="#5b4029" stroke-width="11" fill="none"/>${leaf(10, -166, 10)}` +
      `<path d="M0 -142q22 -18 54 -8q44 16 36 74q-8 52 -44 72q-20 10 -46 0q-26 10 -46 0q-36 -20 -44 -72q-8 -58 36 -74q32 -10 54 8z" fill="${color}"/>` +
      `<ellipse cx="-42" cy="-104" rx="18" ry="28" ${light(0.42)} transform="rotate(24 -42 -104)"/>` +
      `<path d="M78 -112q14 64 -32 104q-20 10 -46 0q50 0 66 -40q12 -30 12 -64z" ${dark(0.15)}/>`,
  },
  {
    words: /\b(?:ball|sphere|planet|globe|toy)s?\b/iu,
    width: 190,
    height: 184,
    draw: (color) =>
      `<circle cx="0" cy="-92" r="92" fill="${color}"/><path d="M-92 -92q46 -34 92 -34t92 34q-46 34 -92 34t-92 -34z" ${light(0.34)}/>` +
      `<path d="M80 -136a92 92 0 0 1 -150 106a92 92 0 0 0 150 -106z" ${dark(0.18)}/><ellipse cx="-36" cy="-142" rx="22" ry="14" ${light(0.6)} transform="rotate(-34 -36 -142)"/>`,
  },
];
