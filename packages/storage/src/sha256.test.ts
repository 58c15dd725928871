import { createHash, randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { sha256Of } from "./index.ts";

const mb = 2 ** 20;

test.each([0, 1, 4 * mb - 1, 4 * mb, 4 * mb + 1, 12 * mb, 13 * mb])(
  "is the digest of %i bytes",
  async (length) => {
    const bytes = randomBytes(length);
    const whole = createHash("sha256").update(bytes).digest("hex");
    await expect(sha256Of(bytes)).resolves.toBe(whole);
  },
);

test("lets others have their turns amid large ones", async () => {
  const order: string[] = [];
  const hashed = sha256Of(randomBytes(9 * mb)).then(() => order.push("digest"));
  setImmediate(() => order.push("other"));
  await hashed;
  expect(order).toEqual(["other", "digest"]);
});
