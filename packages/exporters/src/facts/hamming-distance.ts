import { TintypeError } from "@tintype/errors";

/** How many bits of two perceptual hashes differ, 0 to 64; throws `fact.invalid_hash` for what is none. */
export function hammingDistance(left: string, right: string): number {
  const differing = bitsOf(left) ^ bitsOf(right);
  return differing.toString(2).replaceAll("0", "").length;
}

function bitsOf(hash: string): bigint {
  if (/^[0-9a-f]{16}$/iu.test(hash)) return BigInt(`0x${hash}`);
  throw new TintypeError({
    kind: "invalid_input",
    code: "fact.invalid_hash",
    message: "A perceptual hash has 16 hexadecimal digits.",
  });
}
