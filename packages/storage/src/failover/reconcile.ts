import { isTintypeError } from "@tintype/errors";

import type { Key } from "../key.ts";
import type { CallOptions, PutOptions, Storage, StoredObject } from "../storage.ts";
import { isMarkedAway, withoutMark } from "./away-mark.ts";
import { pairListings, type ListedPair } from "./pair-listings.ts";

/** What a reconciliation did, in numbers of objects. */
export interface Reconciled {
  /** Copied from the secondary storage to the primary one. */
  readonly broughtHome: number;
  /** Copied from the primary storage to the secondary one, which mirrors it. */
  readonly mirrored: number;
}

/** The two storages, and whether the second one mirrors the first. */
export interface Pair {
  readonly primary: Storage;
  readonly secondary: Storage;
  readonly isMirror: boolean;
}

/** Brings home what the secondary storage alone holds, or holds newer; of two versions the later written one wins. `onHome` hears of each key that is settled. */
export async function reconcile(
  pair: Pair,
  onHome: (key: Key) => void,
  options: CallOptions,
): Promise<Reconciled> {
  const { primary, secondary, isMirror } = pair;
  let [broughtHome, mirrored] = [0, 0];
  for await (const listed of pairListings(primary.list(options), secondary.list(options))) {
    const { key } = listed;
    const isAlone = listed.primary === undefined;
    if (isAlone || (await isNewerAway(pair, listed, options))) {
      // What came into being at home meanwhile is newer still.
      const settled = await copyObject(secondary, primary, key, { ...options, ifAbsent: isAlone });
      if (settled === undefined) continue;
      broughtHome += 1;
      await (isMirror
        ? copyObject(primary, secondary, key, options)
        : deleteSettled(secondary, settled, options));
    } else if (isMirror && isStale(listed)) {
      if ((await copyObject(primary, secondary, key, options)) !== undefined) mirrored += 1;
    } else if (!isMirror && listed.secondary !== undefined) {
      await deleteReplaced(secondary, key, options);
    }
    onHome(key);
  }
  return { broughtHome, mirrored };
}

/** Whether the secondary storage holds a version that was written there alone, after the primary one's. */
async function isNewerAway(
  { secondary }: Pair,
  { key, primary: home, secondary: away }: ListedPair,
  options: CallOptions,
): Promise<boolean> {
  if (home === undefined || away === undefined || away.lastModified < home.lastModified)
    return false;
  // The mirror of a write is written after it as well; only its mark tells a write of its own.
  const object = await secondary.head(key, options);
  return object !== undefined && isMarkedAway(object);
}

/** Whether a mirror lacks the primary storage's version. */
function isStale({ primary: home, secondary: away }: ListedPair): boolean {
  return home !== undefined && (away === undefined || away.lastModified < home.lastModified);
}

/** Copies an object with its attributes and gives what was copied; nothing when the object is gone or the key taken. */
async function copyObject(
  from: Storage,
  to: Storage,
  key: Key,
  options: PutOptions,
): Promise<StoredObject | undefined> {
  try {
    const { info, body } = await from.get(key, { signal: options.signal });
    await to.put(key, body, { ...withoutMark(info), ...options });
    return info;
  } catch (error) {
    const code = isTintypeError(error) ? error.code : "";
    if (["storage.already_exists", "storage.not_found"].includes(code)) return undefined;
    throw error;
  }
}

async function deleteSettled(storage: Storage, { key, etag }: StoredObject, options: CallOptions) {
  // Another process may have had to write a newer version here meanwhile.
  const now = await storage.head(key, options);
  if (now?.etag === etag) await storage.delete(key, options);
}

async function deleteReplaced(storage: Storage, key: Key, options: CallOptions) {
  const object = await storage.head(key, options);
  if (object !== undefined && isMarkedAway(object)) await storage.delete(key, options);
}
