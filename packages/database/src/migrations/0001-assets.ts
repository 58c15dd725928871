import { sql } from "kysely";

import type { Migration } from "./migration.ts";

/** The library of pictures. */
export const assetsMigration: Migration = {
  name: "0001-assets",
  async up({ schema }, { text, integer }) {
    await schema
      .createTable("projects")
      .addColumn("name", text, (column) => column.primaryKey())
      .addColumn("keep_temporary_ms", integer)
      .addColumn("keep_outputs_ms", integer)
      .execute();

    await schema
      .createTable("blobs")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("sha256", text, (column) => column.notNull())
      .addColumn("bytes", integer, (column) => column.notNull())
      .addColumn("key", text, (column) => column.notNull().unique())
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("changed_at", integer, (column) => column.notNull())
      .execute();
    await schema
      .createIndex("blobs_by_content")
      .unique()
      .on("blobs")
      .column("sha256")
      .where(sql.ref("state"), "=", sql.lit("stored"))
      .execute();
    await schema
      .createIndex("blobs_in_change")
      .on("blobs")
      .column("changed_at")
      .where(sql.ref("state"), "!=", sql.lit("stored"))
      .execute();

    await schema
      .createTable("assets")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("project", text, (column) => column.notNull())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("search_name", text, (column) => column.notNull())
      .addColumn("sha256", text, (column) => column.notNull())
      .addColumn("bytes", integer, (column) => column.notNull())
      .addColumn("format", text, (column) => column.notNull())
      .addColumn("media_type", text, (column) => column.notNull())
      .addColumn("width", integer, (column) => column.notNull())
      .addColumn("height", integer, (column) => column.notNull())
      .addColumn("metadata", text, (column) => column.notNull())
      .addColumn("facts", text, (column) => column.notNull())
      .addColumn("scan", text, (column) => column.notNull())
      .addColumn("temporary", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("updated_at", integer, (column) => column.notNull())
      .execute();
    for (const column of ["created_at", "search_name", "bytes"])
      await schema
        .createIndex(`assets_by_${column}`)
        .on("assets")
        .columns([column, "id"])
        .execute();
    await schema
      .createIndex("assets_by_project")
      .on("assets")
      .columns(["project", "created_at", "id"])
      .execute();
    await schema.createIndex("assets_by_content").on("assets").column("sha256").execute();

    await schema
      .createTable("asset_versions")
      .addColumn("asset_id", text, (column) =>
        column.notNull().references("assets.id").onDelete("cascade"),
      )
      .addColumn("number", integer, (column) => column.notNull())
      .addColumn("blob_id", text, (column) => column.notNull().references("blobs.id"))
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("format", text, (column) => column.notNull())
      .addColumn("media_type", text, (column) => column.notNull())
      .addColumn("width", integer, (column) => column.notNull())
      .addColumn("height", integer, (column) => column.notNull())
      .addColumn("recipe", text)
      .addColumn("created_at", integer, (column) => column.notNull())
      .addPrimaryKeyConstraint("asset_versions_key", ["asset_id", "number"])
      .execute();
    await schema
      .createIndex("asset_versions_by_blob")
      .on("asset_versions")
      .column("blob_id")
      .execute();

    await schema
      .createTable("asset_tags")
      .addColumn("asset_id", text, (column) =>
        column.notNull().references("assets.id").onDelete("cascade"),
      )
      .addColumn("tag", text, (column) => column.notNull())
      .addPrimaryKeyConstraint("asset_tags_key", ["tag", "asset_id"])
      .execute();
    await schema.createIndex("asset_tags_by_asset").on("asset_tags").column("asset_id").execute();

    await schema
      .createTable("incoming_uploads")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("key", text, (column) => column.notNull())
      .addColumn("upload", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("expires_at", integer, (column) => column.notNull())
      .execute();
  },
};
