import type { Queries } from "@tintype/database";
import { parseInput } from "@tintype/image-core";
import { sql } from "kysely";

import { assetQuerySchema, type AssetQuery, type AssetQueryInput } from "./asset-query.ts";
import type { AssetSummary } from "./asset.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { readTags, summaryOf } from "./read-asset.ts";
import { searchText } from "./upload.ts";

/** A part of a list. */
export interface AssetPage {
  readonly assets: readonly AssetSummary[];
  /** Leads to the next page; left out on the last one. */
  readonly nextCursor?: string;
}

const columns = [
  "id",
  "project",
  "name",
  "search_name",
  "sha256",
  "bytes",
  "format",
  "media_type",
  "width",
  "height",
  "scan",
  "temporary",
  "facts",
  "created_at",
  "updated_at",
] as const;

const sortColumns = { created: "created_at", name: "search_name", bytes: "bytes" } as const;

/** Lists pictures a page at a time; one that comes or goes between two pages moves none of the others. */
export async function listAssets(queries: Queries, input: AssetQueryInput): Promise<AssetPage> {
  const context = { what: "query", code: "asset.invalid_query" } as const;
  const query = parseInput(assetQuerySchema, input, context);
  const direction = query.order ?? (query.sort === "created" ? "desc" : "asc");
  const column = sortColumns[query.sort];
  const order = `${query.sort} ${direction}`;

  let select = filtered(queries, query)
    .select(columns)
    .orderBy(column, direction)
    .orderBy("id", direction)
    .limit(query.limit + 1);
  if (query.cursor !== undefined) {
    const after = readCursor(query.cursor, order);
    const beyond = direction === "asc" ? ">" : "<";
    select = select.where((eb) =>
      eb.or([
        eb(column, beyond, after.value),
        eb.and([eb(column, "=", after.value), eb("id", beyond, after.id)]),
      ]),
    );
  }

  const rows = await select.execute();
  const page = rows.slice(0, query.limit);
  const tags = await readTags(
    queries,
    page.map(({ id }) => id),
  );
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    assets: page.map((row) => summaryOf(row, tags.get(row.id))),
    ...(last && { nextCursor: writeCursor({ order, value: last[column], id: last.id }) }),
  };
}

function filtered(queries: Queries, query: AssetQuery) {
  const { project, tags, search, format, sha256, createdAfter, createdBefore } = query;
  let select = queries.selectFrom("assets");
  if (project !== undefined)
    select = select.where((eb) =>
      eb.or([eb("project", "=", project), eb("project", "like", like(`${project}/`, "start"))]),
    );
  for (const tag of new Set(tags))
    select = select.where((eb) =>
      eb.exists(
        eb
          .selectFrom("asset_tags")
          .select("tag")
          .whereRef("asset_tags.asset_id", "=", "assets.id")
          .where("tag", "=", tag),
      ),
    );
  if (search !== undefined) {
    const pattern = like(searchText(search));
    select = select.where((eb) =>
      eb.or([
        eb("search_name", "like", pattern),
        eb.exists(
          eb
            .selectFrom("asset_tags")
            .select("tag")
            .whereRef("asset_tags.asset_id", "=", "assets.id")
            .where("tag", "like", pattern),
        ),
      ]),
    );
  }
  if (format !== undefined) select = select.where("format", "=", format);
  if (sha256 !== undefined) select = select.where("sha256", "=", sha256);
  if (createdAfter !== undefined) select = select.where("created_at", ">=", createdAfter);
  if (createdBefore !== undefined) select = select.where("created_at", "<", createdBefore);
  return select;
}

/** A text as the pattern of what holds it, or starts with it: its own wildcards stand for themselves. */
function like(text: string, where: "start" | "anywhere" = "anywhere") {
  const escaped = text.replaceAll(/[\\%_]/gu, String.raw`\$&`);
  const pattern = where === "start" ? `${escaped}%` : `%${escaped}%`;
  return sql<string>`${pattern} escape '\\'`;
}
