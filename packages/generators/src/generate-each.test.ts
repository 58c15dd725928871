import { TintypeError } from "@tintype/errors";
import { expect, test } from "vitest";

import { generateEach, type GeneratedImage } from "./index.ts";

const image = (seed: number): GeneratedImage => ({
  bytes: new Uint8Array(),
  mediaType: "image/png",
  model: "m",
  seed,
  finishReason: "STOP",
  cost: { amount: 1, currency: "USD" },
  digitalSourceType: "algorithmicMedia",
});

const failure = (index: number) =>
  new TintypeError({
    kind: "forbidden",
    code: "generator.blocked",
    message: `no ${String(index)}`,
  });

test("of several pictures the good ones come, with what became of the others", async () => {
  const { images, failures } = await generateEach(3, async (index) => {
    if (index === 1) throw failure(index);
    return image(index);
  });
  expect(images.map(({ seed }) => seed)).toEqual([0, 2]);
  expect(failures.map(({ message }) => message)).toEqual(["no 1"]);
});

test("when none succeeds the first failure is thrown, when all work has ended", async () => {
  const ended: number[] = [];
  const made = generateEach(3, async (index) => {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    ended.push(index);
    throw failure(index);
  });
  await expect(made).rejects.toMatchObject({ message: "no 0" });
  expect(ended).toEqual([0, 1, 2]);
});

test("a failure that nobody named is not hidden behind pictures that succeeded", async () => {
  const fault = new RangeError("a fault of the program");
  const made = generateEach(2, async (index) => {
    if (index === 1) throw fault;
    return image(index);
  });
  await expect(made).rejects.toBe(fault);
});

test("an abort is what it was, also when some pictures were finished", async () => {
  const end = new AbortController();
  const reason = new Error("enough");
  const made = generateEach(
    2,
    async (index) => {
      if (index === 1) end.abort(reason);
      return image(index);
    },
    end.signal,
  );
  await expect(made).rejects.toBe(reason);
});
