import type { Migration } from "./migration.ts";

/** The trace that a job is a part of. */
export const jobTracesMigration: Migration = {
  name: "0004-job-traces",
  async up({ schema }, { text }) {
    await schema.alterTable("jobs").addColumn("trace", text).execute();
  },
};
