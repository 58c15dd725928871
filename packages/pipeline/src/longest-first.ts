import { availableParallelism } from "node:os";

import pLimit from "p-limit";

import { settleAll } from "./settle-all.ts";

/**
 * Works on as many items at once as there are cores, what costs most first: an encoder keeps one core busy, and the one
 * that takes longest decides when all are done. Gives the results in the order of the items; a failure waits for the rest.
 */
export async function longestFirst<Item, Result>(
  items: readonly Item[],
  costOf: (item: Item) => number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const limit = pLimit(availableParallelism());
  const costs = new Map(items.map((item) => [item, costOf(item)]));
  const order = items.toSorted((a, b) => (costs.get(b) ?? 0) - (costs.get(a) ?? 0));
  const results = await settleAll(
    order.map((item) => limit(async () => [item, await work(item)] as const)),
  );
  const made = new Map(results);
  return items.map((item) => made.get(item) as Result);
}
