import type { AssetRow, Queries } from "@tintype/database";

import { assetNotFound } from "./asset-errors.ts";
import type { Asset, AssetSummary, AssetVersion } from "./asset.ts";

/** Reads everything known of a picture, or throws `asset.not_found`. */
export async function readAsset(queries: Queries, id: string): Promise<Asset> {
  const row = await queries
    .selectFrom("assets")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw assetNotFound(id);
  const tags = await readTags(queries, [id]);
  return {
    ...summaryOf(row, tags.get(id)),
    metadata: JSON.parse(row.metadata) as Asset["metadata"],
    facts: factsOf(row),
    versions: await readVersions(queries, id),
  };
}

/** A row of a list as callers see it. */
export function summaryOf(
  row: Omit<AssetRow, "metadata" | "search_name">,
  tags: readonly string[] = [],
): AssetSummary {
  const { thumbhash } = factsOf(row);
  return {
    id: row.id,
    project: row.project,
    name: row.name,
    tags,
    format: row.format,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    sha256: row.sha256,
    scan: row.scan,
    temporary: row.temporary === 1,
    ...(thumbhash !== undefined && { thumbhash }),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

function factsOf({ facts }: Pick<AssetRow, "facts">): Asset["facts"] {
  return JSON.parse(facts) as Asset["facts"];
}

/** The tags of some assets, in order. */
export async function readTags(
  queries: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .selectFrom("asset_tags")
    .selectAll()
    .where("asset_id", "in", ids)
    .orderBy("tag")
    .execute();
  const grouped = Map.groupBy(rows, (row) => row.asset_id);
  return new Map([...grouped].map(([id, tags]) => [id, tags.map(({ tag }) => tag)]));
}

async function readVersions(queries: Queries, id: string): Promise<readonly AssetVersion[]> {
  const rows = await queries
    .selectFrom("asset_versions as version")
    .innerJoin("blobs as blob", "blob.id", "version.blob_id")
    .selectAll("version")
    .select(["blob.bytes", "blob.sha256"])
    .where("version.asset_id", "=", id)
    .orderBy("version.number")
    .execute();
  // oxlint-disable-next-line oxc/no-map-spread -- it adds to a new object
  return rows.map((row) => ({
    number: row.number,
    name: row.name,
    format: row.format,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    sha256: row.sha256,
    ...(row.recipe !== null && { recipe: JSON.parse(row.recipe) as unknown }),
    createdAt: new Date(row.created_at).toISOString(),
  }));
}
