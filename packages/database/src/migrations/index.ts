import { assetsMigration } from "./0001-assets.ts";
import { jobsMigration } from "./0002-jobs.ts";
import { workLeasesMigration } from "./0003-work-leases.ts";
import { jobTracesMigration } from "./0004-job-traces.ts";
import type { Migration } from "./migration.ts";

/** Every migration, in order. A new one has the next number and is added at the end. */
export const migrations: readonly Migration[] = [
  assetsMigration,
  jobsMigration,
  workLeasesMigration,
  jobTracesMigration,
];
