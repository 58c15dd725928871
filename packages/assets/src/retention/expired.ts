import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";

import { parseKey, parsePrefix, type ListedObject } from "@tintype/storage";

import type { ResolvedServices } from "../asset-services.ts";
import { isIncomingName } from "../intake/receive-file.ts";

/** Removes one thing that was found. */
export type Removal = () => Promise<unknown>;

/** Files of uploads that ended with their process. */
export async function leftFiles(
  { incomingFolder, now }: ResolvedServices,
  olderThanMs: number,
): Promise<readonly Removal[]> {
  const names = await readdir(incomingFolder).catch(() => []);
  const removals: Removal[] = [];
  for (const name of names.filter(isIncomingName)) {
    const path = join(incomingFolder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs <= now() - olderThanMs)
      removals.push(async () => unlink(path).catch(() => undefined));
  }
  return removals;
}

/** Places whose time is over; an upload that began in time has as long again to be completed. */
export async function expiredUploads({
  database: { queries },
  storage,
  now,
}: ResolvedServices): Promise<readonly Removal[]> {
  const rows = await queries
    .selectFrom("incoming_uploads")
    .select(["id", "key", "created_at", "expires_at"])
    .where("expires_at", "<", now())
    .execute();
  return rows
    .filter((row) => row.expires_at + (row.expires_at - row.created_at) < now())
    .map(({ id, key }) => async () => {
      await storage.delete(parseKey(key));
      await queries.deleteFrom("incoming_uploads").where("id", "=", id).execute();
    });
}

/** The ids of temporary pictures that are old enough, by their project's rule where it has one. */
export async function expiredAssets(
  { database: { queries }, now }: ResolvedServices,
  temporaryMs: number,
  isForced: boolean,
): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom("assets")
    .leftJoin("projects", "projects.name", "assets.project")
    .select(["assets.id", "assets.created_at", "projects.keep_temporary_ms"])
    .where("assets.temporary", "=", 1)
    .execute();
  return rows
    .filter((row) => {
      const keepMs = isForced ? temporaryMs : (row.keep_temporary_ms ?? temporaryMs);
      return row.created_at <= now() - keepMs;
    })
    .map(({ id }) => id);
}

/** The results that their project keeps for a time only, and that are older. */
export async function expiredResults(
  { database: { queries }, now }: ResolvedServices,
  outputsMs: number | undefined,
): Promise<readonly { readonly asset_id: string; readonly number: number }[]> {
  const rows = await queries
    .selectFrom("asset_versions as version")
    .innerJoin("assets", "assets.id", "version.asset_id")
    .innerJoin("projects", "projects.name", "assets.project")
    .select(["version.asset_id", "version.number", "version.created_at"])
    .select("projects.keep_outputs_ms")
    .where("version.number", ">", 1)
    .where("projects.keep_outputs_ms", "is not", null)
    .execute();
  return rows.filter((row) => row.created_at <= now() - (outputsMs ?? row.keep_outputs_ms ?? 0));
}

/** The pipeline's files that are old enough and that no record names. */
export async function expiredOutputs(
  { database: { queries }, storage, outputPrefix, namedElsewhere, now }: ResolvedServices,
  outputsMs: number,
): Promise<readonly Removal[]> {
  const isOld = ({ lastModified }: ListedObject) => lastModified.getTime() <= now() - outputsMs;
  const removals: Removal[] = [];
  const elsewhere = await namedElsewhere();
  for await (const object of storage.list({ prefix: parsePrefix(`${outputPrefix}/`) })) {
    if (!isOld(object) || elsewhere.has(object.key)) continue;
    const named = queries.selectFrom("blobs").select("id").where("key", "=", object.key);
    if ((await named.executeTakeFirst()) !== undefined) continue;
    removals.push(async () => {
      // It may have been made again since it was listed.
      const latest = await storage.head(object.key);
      if (latest !== undefined && isOld(latest)) await storage.delete(object.key);
    });
  }
  return removals;
}

/** Bytes whose upload ended before it was recorded, and how many are going already. */
export async function abandonedBlobs(
  { database: { queries }, now }: ResolvedServices,
  olderThanMs: number,
): Promise<{ readonly writing: readonly string[]; readonly deleting: number }> {
  const rows = await queries
    .selectFrom("blobs")
    .select(["id", "state", "changed_at"])
    .where("state", "!=", "stored")
    .execute();
  const isOld = (row: { readonly changed_at: number }) => row.changed_at <= now() - olderThanMs;
  const writing = rows.filter((row) => row.state === "writing" && isOld(row));
  return {
    writing: writing.map(({ id }) => id),
    deleting: rows.filter((row) => row.state === "deleting").length,
  };
}
