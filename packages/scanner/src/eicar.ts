// In two parts, so that no scanner takes this very file for what it spells.
const parts = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];

/** The harmless 68 bytes that every scanner reports as an infection: the EICAR test file. */
export function eicar(): Uint8Array {
  return new TextEncoder().encode(parts.join(""));
}
