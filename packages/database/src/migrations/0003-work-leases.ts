import type { Migration } from "./migration.ts";

/** Work that one of several processes does. */
export const workLeasesMigration: Migration = {
  name: "0003-work-leases",
  async up({ schema }, { text, integer }) {
    await schema
      .createTable("work_leases")
      .addColumn("name", text, (column) => column.primaryKey())
      .addColumn("holder", text, (column) => column.notNull())
      .addColumn("until", integer, (column) => column.notNull())
      .execute();
  },
};
