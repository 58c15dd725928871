import { discPicture, intersectionOverUnion, removerContract } from "@tintype/generators/testing";
import { afterAll, describe, expect, test } from "vitest";

import { createOpenCvRemovers } from "./index.ts";

const removers = createOpenCvRemovers({ maxWorkers: 2, idleMs: 2000 });
afterAll(() => removers.close());

/** The same noise each time, 0 to 1 (mulberry32). */
function noise(seed = 7): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function megabytes(): number {
  return process.memoryUsage.rss() / 1e6;
}

function noisePicture(width: number, height: number) {
  const next = noise();
  const data = Uint8Array.from({ length: width * height * 3 }, () => next() * 256);
  return { data, width, height, channels: 3 as const };
}

removerContract("chroma", { create: () => removers.chroma });
removerContract("grabcut", { create: () => removers.grabcut });
removerContract("auto", {
  create: () => removers.auto,
  cannot: { "opens holes": "its flood comes from the border alone" },
});
removerContract("watershed", {
  create: () => removers.watershed,
  cannot: { "opens holes": "what it grows from the border does not reach them" },
});

describe("chroma", () => {
  const disc = { x: 210, y: 150, radius: 96 };
  const next = noise();
  const checker = (side: number, shiftX: number, shiftY: number, a = 255, b = 204) => {
    return (x: number, y: number): [number, number, number] => {
      const even = (Math.floor((x + shiftX) / side) + Math.floor((y + shiftY) / side)) % 2 === 0;
      const gray = (even ? a : b) + next() * 6 - 3;
      return [gray, gray, gray];
    };
  };

  test.each([
    ["noise", (): [number, number, number] => [200 + next() * 16, 210 + next() * 16, 90]],
    [
      "a gradient",
      (x: number, y: number): [number, number, number] => [90 + x / 6, 140 + y / 5, 200],
    ],
    ["small squares", checker(7.3, 2, 5)],
    ["middle squares", checker(16, 11, 3)],
    ["large squares of dark grays", checker(38.5, 20, 9, 102, 60)],
  ])("finds a disc before %s", async (_, backdrop) => {
    const { picture, truth } = discPicture(420, 300, [disc], backdrop);
    const { mask } = await removers.chroma.remove(picture);
    expect(intersectionOverUnion(mask.data, truth)).toBeGreaterThan(0.98);
  });

  test("tells the checkerboard's squares in its report", async () => {
    const { picture } = discPicture(420, 300, [disc], checker(16, 11, 3));
    const { report } = await removers.chroma.remove(picture);
    expect(report).toMatchObject({ backdrop: "checkerboard" });
    expect(report?.["squarePx"]).toBeCloseTo(16, 0);
  });

  test("keeps a spot of one square's gray, but opens a hole that shows the board", async () => {
    const ring = discPicture(420, 300, [{ ...disc, hole: 40 }], checker(12, 5, 5)).picture;
    const spotted = discPicture(420, 300, [disc], checker(12, 5, 5)).picture;
    for (let y = 140; y < 160; y++)
      for (let x = 200; x < 220; x++)
        spotted.data.fill(204, (y * 420 + x) * 3, (y * 420 + x) * 3 + 3);
    const [opened, kept] = await Promise.all([
      removers.chroma.remove(ring),
      removers.chroma.remove(spotted),
    ]);
    expect(opened.mask.data[150 * 420 + 210]).toBe(0);
    expect(kept.mask.data[150 * 420 + 210]).toBe(255);
  });

  test("frees the colors at the edge of the backdrop", async () => {
    const { picture, truth } = discPicture(420, 300, [disc], () => [20, 220, 60]);
    const { mask, foreground } = await removers.chroma.remove(picture);
    const green = (from: Uint8Array) => {
      const edge = [...mask.data.keys()].filter(
        (at) => (mask.data[at] ?? 0) > 40 && (truth[at] ?? 0) < 240,
      );
      return edge.reduce((sum, at) => sum + (from[at * 3 + 1] ?? 0), 0) / edge.length;
    };
    expect(green(picture.data)).toBeGreaterThan(90);
    expect(green(foreground ?? picture.data)).toBeLessThan(75);
  });

  test("says that nothing is found where the border shows no backdrop", async () => {
    await expect(removers.chroma.remove(noisePicture(200, 200))).rejects.toMatchObject({
      code: "background.nothing_found",
    });
  });
});

describe("the engines of OpenCV", () => {
  const disc = { x: 700, y: 500, radius: 310 };
  const { picture, truth } = discPicture(1400, 1000, [disc], (x, y) => [
    60 + x / 20,
    120 + y / 20,
    90,
  ]);

  test.each(["auto", "grabcut", "watershed"] as const)(
    "%s draws the edge at full size",
    async (engine) => {
      const { mask, report } = await removers[engine].remove(picture);
      expect(report).toMatchObject({ workedOnPx: [1000, 714] });
      expect(intersectionOverUnion(mask.data, truth)).toBeGreaterThan(0.98);
    },
  );
});

describe("the workers", () => {
  test("are ended by the deadline, and the next call works", async () => {
    await using strict = createOpenCvRemovers({ maxWorkers: 1, deadlineMs: 1200 });
    await expect(strict.grabcut.remove(noisePicture(1000, 1000))).rejects.toMatchObject({
      kind: "limit_exceeded",
      code: "background.timed_out",
    });
    expect(strict.workers).toBe(0);
    const { picture } = discPicture(120, 90, [{ x: 60, y: 45, radius: 28 }]);
    expect((await strict.chroma.remove(picture)).engine).toBe("chroma");
  });

  test("are ended by an abort, also of a call that waits", async () => {
    await using one = createOpenCvRemovers({ maxWorkers: 1 });
    const reason = new Error("no longer wanted");
    const aborts = [new AbortController(), new AbortController()] as const;
    const calls = aborts.map(({ signal }) =>
      one.grabcut.remove(noisePicture(1000, 1000), {}, { signal }),
    );
    const outcomes = Promise.allSettled(calls);
    setTimeout(() => aborts[1].abort(reason), 50);
    setTimeout(() => aborts[0].abort(reason), 100);
    expect(await outcomes).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
    expect(one.workers).toBe(0);
  });

  test("are at most as many as allowed, and end when idle", async () => {
    await using two = createOpenCvRemovers({ maxWorkers: 2, idleMs: 50 });
    const { picture } = discPicture(120, 90, [{ x: 60, y: 45, radius: 28 }]);
    const calls = [1, 2, 3, 4, 5].map(() => two.chroma.remove(picture));
    await Promise.resolve();
    expect(two.workers).toBeLessThanOrEqual(2);
    await Promise.all(calls);
    expect(two.workers).toBeLessThanOrEqual(2);
    await expect.poll(() => two.workers).toBe(0);
  });

  test("give their memory back", async () => {
    const alone = createOpenCvRemovers();
    const { picture } = discPicture(800, 600, [{ x: 400, y: 300, radius: 150 }]);
    await alone.grabcut.remove(picture, { box: { left: 0.2, top: 0.1, width: 0.6, height: 0.8 } });
    const peak = megabytes();
    await alone.close();
    await expect.poll(megabytes, { timeout: 5000 }).toBeLessThan(peak - 50);
  });

  test("answer with an error that is typed once they are closed", async () => {
    const closed = createOpenCvRemovers();
    const { picture } = discPicture(120, 90, [{ x: 60, y: 45, radius: 28 }]);
    const underWay = closed.auto.remove(picture);
    await Promise.all([
      expect(underWay).rejects.toMatchObject({ code: "background.closed" }),
      closed.close(),
    ]);
    await expect(closed.auto.remove(picture)).rejects.toMatchObject({ code: "background.closed" });
  });
});
