import { withTransaction, type Queries } from "@tintype/database";
import { parseKey } from "@tintype/storage";

import { assetNotFound } from "./asset-errors.ts";
import type { ResolvedServices } from "./asset-services.ts";
import { extensionOf } from "./intake/inspect-file.ts";
import { readAsset } from "./read-asset.ts";

/** A finished file in the storage that shall become a version: what the pipeline says of each of its files. */
export interface Result {
  readonly name: string;
  readonly format: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** Where it is now; the library takes a copy. */
  readonly key: string;
  /** How it was made: enough to make it again from the original. */
  readonly recipe: unknown;
}

/** How results are recorded. */
export interface AddVersionsOptions {
  /** The job that made them: the results of one job are recorded once, however often it is run. */
  readonly jobId?: string | undefined;
}

/** Records results as the next versions of an asset, all or none, and gives their numbers. */
export async function addVersions(
  id: string,
  results: readonly Result[],
  { database: { queries }, storage, blobs, now }: ResolvedServices,
  { jobId }: AddVersionsOptions = {},
): Promise<readonly number[]> {
  const { project } = await readAsset(queries, id);
  const held = await Promise.all(
    results.map(async ({ sha256, bytes, format, key }) =>
      blobs.hold({
        sha256,
        bytes,
        project,
        extension: extensionOf(format),
        put: (to) => storage.copy(parseKey(key), to),
      }),
    ),
  );
  const numbers = await withTransaction(queries, async (transaction) => {
    const at = now();
    // Locks the asset, so that two results at once get two numbers.
    const touched = await transaction
      .updateTable("assets")
      .set({ updated_at: at })
      .where("id", "=", id)
      .executeTakeFirst();
    if (touched.numUpdatedRows === 0n) throw assetNotFound(id);
    const present = await versionsOfJob(transaction, id, jobId);
    if (present.length > 0) return present;
    const blobIds = await blobs.attach(transaction, held);
    const { last } = await transaction
      .selectFrom("asset_versions")
      .select(({ fn }) => fn.max("number").as("last"))
      .where("asset_id", "=", id)
      .executeTakeFirstOrThrow();
    const rows = results.map(({ name, format, mediaType, width, height, recipe }, index) => ({
      asset_id: id,
      number: last + 1 + index,
      blob_id: blobIds[index] as string,
      name,
      format,
      media_type: mediaType,
      width,
      height,
      recipe: JSON.stringify(recipe),
      job_id: jobId ?? null,
      created_at: at,
    }));
    await transaction.insertInto("asset_versions").values(rows).execute();
    return rows.map(({ number }) => number);
  });
  await blobs.erase(held.map((blob) => blob.id)).catch(() => 0);
  return numbers;
}

async function versionsOfJob(
  queries: Queries,
  id: string,
  jobId: string | undefined,
): Promise<readonly number[]> {
  if (jobId === undefined) return [];
  const rows = await queries
    .selectFrom("asset_versions")
    .select("number")
    .where("asset_id", "=", id)
    .where("job_id", "=", jobId)
    .orderBy("number")
    .execute();
  return rows.map(({ number }) => number);
}
