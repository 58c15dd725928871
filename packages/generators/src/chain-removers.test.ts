import { expect, test } from "vitest";

import { chainRemovers, createMemoryRemover, type BackgroundRemover } from "./index.ts";
import { overloadedError } from "./policy/service-errors.ts";
import { discPicture, removerContract } from "./testing.ts";

const { picture } = discPicture(64, 48, [{ x: 32, y: 24, radius: 14 }]);

/** A remover that fails, and counts how often it was asked. */
function failing(error: Error) {
  const asked = { count: 0 };
  const remover: BackgroundRemover = {
    async remove() {
      asked.count += 1;
      throw error;
    },
  };
  return { asked, remover };
}

removerContract("a chain", {
  create: () =>
    chainRemovers({
      first: failing(overloadedError("first")).remover,
      memory: createMemoryRemover(),
    }),
  cannot: {
    "keeps a box's outside out of the object": "its last link judges each pixel by its color alone",
    "leaves holes as they are when asked": "its last link judges each pixel by its color alone",
    "keeps all objects, or the largest alone": "its last link does not join pixels to objects",
    "softens the edge by the feather": "its last link's edge is always hard",
    "rejects an aborted call with the signal's reason":
      "its first link here does not look at signals",
  },
});

test("a chain says which remover did it, and which ones failed before", async () => {
  const { remover } = failing(overloadedError("api4ai"));
  const removal = await chainRemovers({ api4ai: remover, memory: createMemoryRemover() }).remove(
    picture,
  );
  expect(removal).toMatchObject({
    engine: "memory",
    report: { failedBefore: [{ engine: "api4ai", code: "service.overloaded" }] },
  });
});

test("a chain asks nobody after the first that succeeds", async () => {
  const { asked, remover } = failing(overloadedError("never"));
  const removal = await chainRemovers({ memory: createMemoryRemover(), never: remover }).remove(
    picture,
  );
  expect(removal.report).toBeUndefined();
  expect(asked.count).toBe(0);
});

test("a chain of which all fail throws the last one's failure", async () => {
  const last = overloadedError("last");
  const chain = chainRemovers({
    first: failing(overloadedError("first")).remover,
    last: failing(last).remover,
  });
  await expect(chain.remove(picture)).rejects.toBe(last);
});

test("an abort, and a fault of the program, end the chain", async () => {
  const end = AbortSignal.abort(new Error("enough"));
  for (const error of [end.reason as Error, new RangeError("a fault")]) {
    const { asked, remover } = failing(error);
    const next = failing(overloadedError("next"));
    const chain = chainRemovers({ remover, next: next.remover });
    await expect(chain.remove(picture, {}, { signal: end })).rejects.toBe(error);
    expect([asked.count, next.asked.count]).toEqual([1, 0]);
  }
});
