import type { Kysely } from "kysely";

import type { ColumnTypes } from "../column-types.ts";

/** One step of the schema: written once for both engines, never changed after its release. */
export interface Migration {
  /** A number of four digits and a name: migrations run in the order of their names. */
  readonly name: `${number}-${string}`;
  up(queries: Kysely<unknown>, types: ColumnTypes): Promise<void>;
}
