import type { Kysely } from "kysely";

import type { AssetTables } from "./asset-tables.ts";
import type { DeliveryTables } from "./delivery-tables.ts";
import type { JobTables } from "./job-tables.ts";

/** Every table: each package's are declared in a file beside this one. */
export interface Schema extends AssetTables, DeliveryTables, JobTables {}

/** What queries are asked of: the database, or a transaction on it. */
export type Queries = Kysely<Schema>;
