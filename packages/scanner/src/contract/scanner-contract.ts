import { describe, test } from "vitest";

import type { MalwareScanner } from "../malware-scanner.ts";
import { contractMaxBytes, scannerBehaviors } from "./scanner-behaviors.ts";

/** What a scanner can be asked to promise. */
export type BehaviorName = keyof typeof scannerBehaviors;

/** Registers one test for each behavior of the contract, each with a fresh scanner that reads at most `maxBytes`; what a scanner cannot do needs a reason, which the suite's title tells. */
export function scannerContract(
  name: string,
  options: {
    readonly create: (limits: {
      readonly maxBytes: number;
    }) => MalwareScanner | Promise<MalwareScanner>;
    readonly cannot?: Partial<Record<BehaviorName, string>>;
  },
): void {
  const cannot = new Map(Object.entries(options.cannot ?? {}));
  const reasons = [...cannot].map(([behavior, reason]) => `; cannot: ${behavior} (${reason})`);
  const kept = Object.entries(scannerBehaviors).filter(([behavior]) => !cannot.has(behavior));

  describe(`${name} keeps the scanner contract${reasons.join("")}`, () => {
    // oxlint-disable-next-line vitest/expect-expect -- every behavior expects something
    test.for(kept)("%s", async ([, check]) =>
      check(await options.create({ maxBytes: contractMaxBytes })),
    );
  });
}
