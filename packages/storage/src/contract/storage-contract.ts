import { describe, test } from "vitest";

import type { Storage } from "../storage.ts";
import { addressBehaviors } from "./address-behaviors.ts";
import { listBehaviors } from "./list-behaviors.ts";
import { readBehaviors } from "./read-behaviors.ts";
import { writeBehaviors } from "./write-behaviors.ts";

const behaviors = { ...writeBehaviors, ...readBehaviors, ...listBehaviors, ...addressBehaviors };

/** What a storage can be asked to promise. */
export type BehaviorName = keyof typeof behaviors;

/** Registers one test for each behavior of the contract, each with a fresh storage from `create`; what the backend cannot do needs a reason, which the suite's title tells. */
export function storageContract(
  name: string,
  options: {
    /** Makes an empty storage; use vitest's `onTestFinished` in it to clean up. */
    readonly create: () => Storage | Promise<Storage>;
    readonly cannot?: Partial<Record<BehaviorName, string>>;
  },
): void {
  const cannot = new Map(Object.entries(options.cannot ?? {}));
  const reasons = [...cannot].map(([behavior, reason]) => `; cannot: ${behavior} (${reason})`);

  const kept = Object.entries(behaviors).filter(([behavior]) => !cannot.has(behavior));

  describe(`${name} keeps the storage contract${reasons.join("")}`, () => {
    // oxlint-disable-next-line vitest/expect-expect -- every behavior expects something
    test.for(kept)("%s", async ([, check]) => check(await options.create()));
  });
}
