import { compareKeys } from "../key.ts";
import type { Key } from "../key.ts";
import type { ListedObject } from "../storage.ts";

/** What two storages hold under one key: one of them at least. */
export interface ListedPair {
  readonly key: Key;
  readonly primary: ListedObject | undefined;
  readonly secondary: ListedObject | undefined;
}

/** Goes through two listings side by side, in the order of their keys. */
export async function* pairListings(
  primary: AsyncIterable<ListedObject>,
  secondary: AsyncIterable<ListedObject>,
): AsyncGenerator<ListedPair, void, undefined> {
  const [left, right] = [primary[Symbol.asyncIterator](), secondary[Symbol.asyncIterator]()];
  try {
    let [a, b] = await Promise.all([left.next(), right.next()]);
    while (a.done !== true || b.done !== true) {
      const order =
        a.done === true ? 1 : b.done === true ? -1 : compareKeys(a.value.key, b.value.key);
      const one: ListedObject | undefined = order <= 0 ? a.value : undefined;
      const other: ListedObject | undefined = order >= 0 ? b.value : undefined;
      const listed = one ?? other;
      if (listed !== undefined) yield { key: listed.key, primary: one, secondary: other };
      if (one) a = await left.next();
      if (other) b = await right.next();
    }
  } finally {
    await Promise.all([left.return?.(), right.return?.()]);
  }
}
