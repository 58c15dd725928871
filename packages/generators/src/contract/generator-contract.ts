import { describe, test } from "vitest";

import type { ImageGenerator } from "../image-generator.ts";
import { generatorBehaviors } from "./generator-behaviors.ts";

/** What an image generator can be asked to promise. */
export type GeneratorBehaviorName = keyof typeof generatorBehaviors;

/** Registers one test for each behavior of the contract, each with a generator from `create`; what the service cannot do needs a reason, which the suite's title tells. */
export function generatorContract(
  name: string,
  options: {
    /** Gives a generator; use vitest's `onTestFinished` or `afterAll` to end what it needs. */
    readonly create: () => ImageGenerator | Promise<ImageGenerator>;
    readonly cannot?: Partial<Record<GeneratorBehaviorName, string>>;
  },
): void {
  const cannot = new Map(Object.entries(options.cannot ?? {}));
  const reasons = [...cannot].map(([behavior, reason]) => `; cannot: ${behavior} (${reason})`);
  const kept = Object.entries(generatorBehaviors).filter(([behavior]) => !cannot.has(behavior));

  describe(`${name} keeps the contract of image generators${reasons.join("")}`, () => {
    // oxlint-disable-next-line vitest/expect-expect -- every behavior expects something
    test.for(kept)("%s", async ([, check]) => check(await options.create()));
  });
}
