import { describe, expect, test } from "vitest";

import { createSingleFlight } from "./single-flight.ts";

/** Work that ends when it is told to, and says what became of its signal. */
function pendingWork() {
  const pending = Promise.withResolvers<string>();
  let runs = 0;
  let ended = false;
  const work = (signal: AbortSignal) => {
    runs += 1;
    signal.addEventListener("abort", () => {
      ended = true;
      pending.reject(signal.reason as Error);
    });
    return pending.promise;
  };
  return { ...pending, work, runs: () => runs, ended: () => ended };
}

describe("a single flight", () => {
  test("does equal work once, and other work besides", async () => {
    const flights = createSingleFlight<string>();
    const { work, resolve, runs } = pendingWork();
    const all = [flights.run("a", work), flights.run("a", work), flights.run("b", async () => "b")];
    resolve("a");
    expect(await Promise.all(all)).toEqual([
      { result: "a", shared: false },
      { result: "a", shared: true },
      { result: "b", shared: false },
    ]);
    expect(runs()).toBe(1);
  });

  test("begins anew after a failure", async () => {
    const flights = createSingleFlight<string>();
    await expect(flights.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await flights.run("a", async () => "yes")).toMatchObject({ result: "yes" });
  });

  test("goes on while anybody waits, and ends when nobody does", async () => {
    const flights = createSingleFlight<string>();
    const { work, ended } = pendingWork();
    const [first, second] = [new AbortController(), new AbortController()];
    const all = [flights.run("a", work, first.signal), flights.run("a", work, second.signal)];
    const settled = Promise.allSettled(all);
    first.abort(new Error("left"));
    await expect(all[0]).rejects.toThrow("left");
    expect(ended()).toBe(false);
    second.abort(new Error("left too"));
    await settled;
    expect(ended()).toBe(true);
    expect(await flights.run("a", async () => "anew")).toMatchObject({ shared: false });
  });
});
