import { expect, test } from "vitest";

import { assertDetects } from "./index.ts";
import type { ScanVerdict } from "./index.ts";
import { createMemoryScanner } from "./memory-scanner.ts";

test("a scanner that finds the EICAR test file is proven", async () => {
  expect(await assertDetects(createMemoryScanner())).toMatchObject({ verdict: "infected" });
});

test("a scanner that calls the EICAR test file clean is refused", async () => {
  const blind = { scan: async () => ({ verdict: "clean" }) as const };
  await expect(assertDetects(blind)).rejects.toMatchObject({
    kind: "configuration",
    code: "scanner.blind",
  });
});

test("a scanner that can't be reached yet is said to be so", async () => {
  const found: ScanVerdict = { verdict: "unscanned", reason: "unavailable" };
  expect(await assertDetects({ scan: async () => found })).toEqual(found);
});
