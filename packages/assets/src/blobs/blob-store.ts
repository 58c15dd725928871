import { randomUUID } from "node:crypto";

import { withTransaction, type Database, type Queries } from "@tintype/database";
import { TintypeError } from "@tintype/errors";
import { joinKey, parseKey, type Key, type Storage } from "@tintype/storage";

/** Bytes that shall be stored once, whoever names them. */
interface Content {
  /** In hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** The folder below the library's own, and the ending of the key. */
  readonly project: string;
  readonly extension: string;
  /** Puts the bytes under a key; called only where they are not stored yet. */
  readonly put: (key: Key) => Promise<unknown>;
}

/** Bytes that are in the storage, before or after a record names them. */
export interface HeldBlob {
  readonly id: string;
  readonly sha256: string;
}

/**
 * Bytes counted by the records that name them. A blob's row is there before its bytes and goes after them, and bytes of a
 * blob that is going are never named again: its key is its own. So a crash leaves only rows that {@link erase} collects.
 */
export interface BlobStore {
  /** Makes sure that the bytes are in the storage. Until {@link attach} names them they may be collected again after a day. */
  hold(content: Content): Promise<HeldBlob>;
  /** Makes held blobs ready to be named in this transaction, and gives the ids to name, in the same order. */
  attach(transaction: Queries, held: readonly HeldBlob[]): Promise<readonly string[]>;
  /** Marks those of the blobs that nothing names any more, in the transaction that took the names away. */
  release(transaction: Queries, ids: readonly string[]): Promise<void>;
  /** Gives up blobs whose upload never finished. */
  abandon(ids: readonly string[]): Promise<void>;
  /** Removes the bytes, then the rows, of blobs that are going; all, or those given. */
  erase(ids?: readonly string[]): Promise<number>;
}

/** Makes the store of a library's bytes. */
export function createBlobStore({
  storage,
  database: { queries },
  prefix,
  now,
}: {
  readonly storage: Storage;
  readonly database: Database;
  readonly prefix: Key;
  readonly now: () => number;
}): BlobStore {
  /** Whether a row is still in the state; its lock is held from here to the transaction's end. */
  const take = async (at: Queries, id: string, from: "writing" | "stored") => {
    const { numUpdatedRows } = await at
      .updateTable("blobs")
      .set({ state: "stored", changed_at: now() })
      .where("id", "=", id)
      .where("state", "=", from)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  };

  const attachOne = async (at: Queries, { id, sha256 }: HeldBlob): Promise<string> => {
    // Another upload of the same bytes may have finished first: its copy is kept, and ours goes.
    const present = await stored(at, sha256);
    if (present !== undefined && (await take(at, present.id, "stored"))) {
      if (present.id !== id) await markGoing(at, id, "writing", now());
      return present.id;
    }
    if (await take(at, id, "writing")) return id;
    throw lostError();
  };

  return {
    async hold({ sha256, bytes, project, extension, put }) {
      const present = await stored(queries, sha256);
      if (present !== undefined) return present;
      const id = randomUUID();
      const key = joinKey(prefix, project, id.slice(0, 2), `${id}.${extension}`);
      const row = { id, sha256, bytes, key, state: "writing", changed_at: now() } as const;
      await queries.insertInto("blobs").values(row).execute();
      try {
        await put(key);
      } catch (error) {
        await markGoing(queries, id, "writing", now());
        throw error;
      }
      return { id, sha256 };
    },

    async attach(transaction, held) {
      const ids = new Map<string, string>();
      // In one order everywhere, so that two transactions don't wait for each other.
      for (const blob of held.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)))
        if (!ids.has(blob.sha256)) ids.set(blob.sha256, await attachOne(transaction, blob));
      return held.map(({ sha256 }) => ids.get(sha256) as string);
    },

    async release(transaction, ids) {
      for (const id of [...new Set(ids)].toSorted()) {
        // First the lock: what is counted after it, nobody changes.
        if (!(await take(transaction, id, "stored"))) continue;
        const named = await transaction
          .selectFrom("asset_versions")
          .select("blob_id")
          .where("blob_id", "=", id)
          .limit(1)
          .executeTakeFirst();
        if (named === undefined) await markGoing(transaction, id, "stored", now());
      }
    },

    async abandon(ids) {
      for (const id of ids) await markGoing(queries, id, "writing", now());
    },

    async erase(ids) {
      const going = await queries
        .selectFrom("blobs")
        .select(["id", "key"])
        .where("state", "=", "deleting")
        .$if(ids !== undefined, (query) => query.where("id", "in", ids ?? []))
        .execute();
      for (const { id, key } of going) {
        await storage.delete(parseKey(key));
        await queries.deleteFrom("blobs").where("id", "=", id).execute();
      }
      return going.length;
    },
  };
}

/** Marks a blob as one that is going, so that nothing names it again. */
async function markGoing(
  at: Queries,
  id: string,
  from: "writing" | "stored",
  now: number,
): Promise<void> {
  await withTransaction(at, async (transaction) =>
    transaction
      .updateTable("blobs")
      .set({ state: "deleting", changed_at: now })
      .where("id", "=", id)
      .where("state", "=", from)
      .execute(),
  );
}

/** The bytes were there when they were looked for, and were deleted before they could be named. */
function lostError(): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "asset.try_again",
    message: "The same picture was deleted at this moment: send it again.",
    retryable: true,
  });
}

async function stored(at: Queries, sha256: string): Promise<HeldBlob | undefined> {
  return at
    .selectFrom("blobs")
    .select(["id", "sha256"])
    .where("sha256", "=", sha256)
    .where("state", "=", "stored")
    .executeTakeFirst();
}
