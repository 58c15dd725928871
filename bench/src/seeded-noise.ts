/** Bytes of noise that are the same on every run (Marsaglia's xorshift32). */
export function seededNoise(length: number, seed = 0x2545f491): Buffer {
  const noise = Buffer.allocUnsafe(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    noise[index] = state & 0xff;
  }
  return noise;
}
