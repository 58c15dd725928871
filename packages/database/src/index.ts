export { columnTypes } from "./column-types.ts";
export type { ColumnTypes, Engine } from "./column-types.ts";
export { isUniqueViolation } from "./database-errors.ts";
export { openDatabase } from "./open-database.ts";
export type { Database, DatabaseHealth, DatabasePlace } from "./open-database.ts";
export type {
  AssetRow,
  AssetTables,
  AssetTagRow,
  AssetVersionRow,
  BlobRow,
  IncomingUploadRow,
  ProjectRow,
} from "./schema/asset-tables.ts";
export type { JobRow, JobScheduleRow, JobTables } from "./schema/job-tables.ts";
export type { Queries, Schema } from "./schema/schema.ts";
export { withTransaction } from "./with-transaction.ts";
