import { sql } from "kysely";

import type { Migration } from "./migration.ts";

/** Jobs, their schedules, and the job that made a version. */
export const jobsMigration: Migration = {
  name: "0002-jobs",
  async up({ schema }, { text, integer }) {
    await schema
      .createTable("jobs")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("project", text, (column) => column.notNull())
      .addColumn("parent_id", text, (column) => column.references("jobs.id").onDelete("cascade"))
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("priority", text, (column) => column.notNull())
      .addColumn("rank", integer, (column) => column.notNull())
      .addColumn("input", text, (column) => column.notNull())
      .addColumn("idempotency_key", text)
      .addColumn("fingerprint", text, (column) => column.notNull())
      .addColumn("webhook", text)
      .addColumn("timeout_ms", integer)
      .addColumn("percent", integer, (column) => column.notNull())
      .addColumn("stage", text)
      .addColumn("result", text)
      .addColumn("error", text)
      .addColumn("starts", integer, (column) => column.notNull())
      .addColumn("failures", integer, (column) => column.notNull())
      .addColumn("run_at", integer, (column) => column.notNull())
      .addColumn("lease", text)
      .addColumn("lease_until", integer)
      .addColumn("offered_at", integer, (column) => column.notNull())
      .addColumn("revision", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("started_at", integer)
      .addColumn("finished_at", integer)
      .addColumn("updated_at", integer, (column) => column.notNull())
      .execute();
    const index = (name: string, columns: string[]) =>
      schema.createIndex(name).on("jobs").columns(columns);
    // The queue, in its order; what has ended is not in it.
    await index("jobs_in_turn", ["rank", "id"])
      .where(sql.ref("state"), "=", sql.lit("queued"))
      .execute();
    await index("jobs_due", ["run_at"]).where(sql.ref("state"), "=", sql.lit("queued")).execute();
    await index("jobs_of_project_in_queue", ["project"])
      .where(sql.ref("state"), "=", sql.lit("queued"))
      .execute();
    await index("jobs_under_lease", ["lease_until"])
      .where(sql.ref("state"), "=", sql.lit("running"))
      .execute();
    await index("jobs_by_idempotency_key", ["project", "idempotency_key"])
      .unique()
      .where(sql.ref("idempotency_key"), "is not", sql.lit(null))
      .execute();
    await index("jobs_by_parent", ["parent_id", "state"]).execute();
    await index("jobs_by_created_at", ["created_at", "id"]).execute();
    await index("jobs_by_state", ["state", "created_at", "id"]).execute();
    await index("jobs_by_finished_at", ["finished_at"]).execute();

    await schema
      .createTable("job_schedules")
      .addColumn("name", text, (column) => column.primaryKey())
      .addColumn("cron", text, (column) => column.notNull())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("input", text, (column) => column.notNull())
      .addColumn("next_at", integer, (column) => column.notNull())
      .execute();

    await schema.alterTable("asset_versions").addColumn("job_id", text).execute();
    await schema
      .createIndex("asset_versions_by_job")
      .on("asset_versions")
      .columns(["asset_id", "job_id"])
      .where(sql.ref("job_id"), "is not", sql.lit(null))
      .execute();
  },
};
