/** Draws numbers that follow from a seed alone, the same on every machine (Bob Jenkins' JSF32). */
export interface Random {
  /** From `min` to `max`. */
  between(min: number, max: number): number;
  /** One of several. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Starts a row of numbers. */
export function seededRandom(seed: number): Random {
  let [a, b, c, d] = [0xf1_ea_5e_ed, seed, seed, seed];
  const next = () => {
    const e = (a - ((b << 27) | (b >>> 5))) | 0;
    a = b ^ ((c << 17) | (c >>> 15));
    b = (c + d) | 0;
    c = (d + e) | 0;
    d = (e + a) | 0;
    return (d >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 20; round++) next();
  return {
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}
