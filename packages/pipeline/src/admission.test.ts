import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createAdmission, type Admission } from "./admission.ts";

/** Asks for room and keeps a diary: a name is in it once its picture is in work. */
function visitor(admission: Admission) {
  const entered: string[] = [];
  const enter = async (name: string, pixels: number, signal?: AbortSignal) => {
    const leave = await admission.enter(pixels, signal);
    entered.push(name);
    return leave;
  };
  return { entered, enter };
}

/** Lets every promise go as far as it can. */
const settle = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe("an admission", () => {
  test("lets as many pictures into work as it was told, the rest in the order they came", async () => {
    const admission = createAdmission({ maxPictures: 2 });
    const { entered, enter } = visitor(admission);
    const visits = ["a", "b", "c", "d"].map((name) => enter(name, 1));
    await settle();
    expect(entered).toEqual(["a", "b"]);
    expect(admission.state()).toEqual({ running: 2, waiting: 2, pixels: 2 });
    (await visits[1])?.();
    await settle();
    expect(entered).toEqual(["a", "b", "c"]);
    (await visits[0])?.();
    await settle();
    expect(entered).toEqual(["a", "b", "c", "d"]);
  });

  test("holds pictures back whose pixels have no room, and nobody overtakes them", async () => {
    const admission = createAdmission({ maxPictures: 9, maxPixels: 10 });
    const { entered, enter } = visitor(admission);
    const first = await enter("first", 6);
    const visits = [enter("large", 8), enter("small", 1)];
    await settle();
    expect(entered).toEqual(["first"]);
    first();
    await Promise.all(visits);
    expect(entered).toEqual(["first", "large", "small"]);
    expect(admission.state()).toEqual({ running: 2, waiting: 0, pixels: 9 });
  });

  test("works on a picture that is larger than all room, alone", async () => {
    const admission = createAdmission({ maxPictures: 9, maxPixels: 10 });
    const { entered, enter } = visitor(admission);
    const small = await enter("small", 1);
    const giant = enter("giant", 1000);
    const next = enter("next", 1);
    await settle();
    expect(entered).toEqual(["small"]);
    small();
    const leaveGiant = await giant;
    await settle();
    expect(entered).toEqual(["small", "giant"]);
    leaveGiant();
    await next;
    expect(admission.state()).toEqual({ running: 1, waiting: 0, pixels: 1 });
  });

  test.each([
    ["as many as are in work, and one that is next", {}, 3],
    ["as many as it was told", { maxNear: 2 }, 2],
  ])("lets so many near: %s", async (_which, limits, most) => {
    const admission = createAdmission({ maxPictures: 2, ...limits });
    const near: (() => void)[] = [];
    const visits = Array.from({ length: 5 }, async () => near.push(await admission.approach()));
    await settle();
    expect(near).toHaveLength(most);
    expect(admission.state()).toEqual({ running: 0, waiting: 5 - most, pixels: 0 });
    near[0]?.();
    await settle();
    expect(near).toHaveLength(most + 1);
    for (let at = 1; near.length < visits.length; at += 1) {
      near[at]?.();
      await settle();
    }
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });

  test("refuses who would wait when too many wait already, and says when to come again", async () => {
    const admission = createAdmission({ maxPictures: 1, maxWaiting: 1 });
    const leave = await admission.enter(1);
    const waiting = admission.enter(1);
    await expect(admission.enter(1)).rejects.toMatchObject({
      kind: "unavailable",
      code: "pipeline.busy",
      retryable: true,
      retryAfterMs: 1000,
    });
    leave();
    (await waiting)();
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });

  test("without a waiting room takes who finds room at once", async () => {
    const admission = createAdmission({ maxPictures: 1, maxWaiting: 0 });
    (await admission.enter(1))();
    await admission.enter(1);
    await expect(admission.enter(1)).rejects.toMatchObject({ code: "pipeline.busy" });
  });

  test("rejects with the abort's own reason, and frees the place for those behind", async () => {
    const admission = createAdmission({ maxPictures: 2, maxPixels: 10 });
    const { entered, enter } = visitor(admission);
    await enter("first", 6);
    const controller = new AbortController();
    const large = enter("large", 8, controller.signal);
    const small = enter("small", 2);
    const reason = new Error("changed my mind");
    controller.abort(reason);
    await expect(large).rejects.toBe(reason);
    await small;
    expect(entered).toEqual(["first", "small"]);
    expect(admission.state()).toEqual({ running: 2, waiting: 0, pixels: 8 });
  });

  test("does not let in who comes with an abort, and does not mind an abort after the entry", async () => {
    const admission = createAdmission();
    const reason = new Error("late");
    await expect(admission.enter(1, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const leave = await admission.enter(1, controller.signal);
    controller.abort();
    expect(admission.state()).toMatchObject({ running: 1 });
    leave();
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });

  test("never has more in work than allowed, and lets everybody in who stays, in order", async () => {
    const visits = fc.array(
      fc.record({ pixels: fc.integer({ min: 1, max: 15 }), aborts: fc.boolean() }),
      { maxLength: 20 },
    );
    const limits = fc.record({
      maxPictures: fc.integer({ min: 1, max: 4 }),
      maxPixels: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(visits, limits, fc.scheduler(), async (guests, allowed, scheduler) => {
        const admission = createAdmission(allowed);
        const entered: number[] = [];
        const stay = async (index: number, pixels: number, signal: AbortSignal) => {
          const leave = await admission.enter(pixels, signal);
          entered.push(index);
          const { running, pixels: inWork } = admission.state();
          expect(running).toBeLessThanOrEqual(allowed.maxPictures);
          expect(running === 1 || inWork <= allowed.maxPixels).toBe(true);
          await scheduler.schedule(Promise.resolve(), `leave ${index}`);
          leave();
        };
        const outcomes = guests.map(async ({ pixels, aborts }, index) => {
          const controller = new AbortController();
          const visit = stay(index, pixels, controller.signal).catch((error: unknown) => {
            if (error !== controller.signal.reason) throw error;
          });
          if (aborts) {
            await scheduler.schedule(Promise.resolve(), `abort ${index}`);
            controller.abort();
          }
          await visit;
        });
        await scheduler.waitFor(Promise.all(outcomes));
        expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
        expect(entered).toEqual(entered.toSorted((a, b) => a - b));
        const staying = guests.flatMap(({ aborts }, index) => (aborts ? [] : [index]));
        expect(entered).toEqual(expect.arrayContaining(staying));
      }),
    );
  });
});
