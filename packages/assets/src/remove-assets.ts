import { withTransaction } from "@tintype/database";

import type { ResolvedServices } from "./asset-services.ts";

/** Removes assets with all their versions, and the bytes that no other record names; gives how many there were. */
export async function removeAssets(
  ids: readonly string[],
  { database: { queries }, blobs }: Pick<ResolvedServices, "database" | "blobs">,
): Promise<number> {
  if (ids.length === 0) return 0;
  const { count, named } = await withTransaction(queries, async (transaction) => {
    const rows = await transaction
      .selectFrom("asset_versions")
      .select("blob_id")
      .where("asset_id", "in", ids)
      .execute();
    const removed = await transaction
      .deleteFrom("assets")
      .where("id", "in", ids)
      .executeTakeFirst();
    const blobIds = rows.map((row) => row.blob_id);
    await blobs.release(transaction, blobIds);
    return { count: Number(removed.numDeletedRows), named: blobIds };
  });
  if (named.length > 0) await blobs.erase(named);
  return count;
}

/** Removes results of an asset by their numbers, and the bytes that no other record names. */
export async function removeVersions(
  versions: readonly { readonly asset_id: string; readonly number: number }[],
  { database: { queries }, blobs }: Pick<ResolvedServices, "database" | "blobs">,
): Promise<void> {
  const named = await withTransaction(queries, async (transaction) => {
    const blobIds: string[] = [];
    for (const { asset_id: id, number } of versions) {
      const rows = await transaction
        .deleteFrom("asset_versions")
        .where("asset_id", "=", id)
        .where("number", "=", number)
        .returning("blob_id")
        .execute();
      blobIds.push(...rows.map((row) => row.blob_id));
    }
    await blobs.release(transaction, blobIds);
    return blobIds;
  });
  if (named.length > 0) await blobs.erase(named);
}
