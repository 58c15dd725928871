import { sql } from "kysely";
import type { RawBuilder } from "kysely";

/** What the two engines are called. */
export type Engine = "sqlite" | "postgres";

/** The types of columns that hold and order the same values on both engines. */
export interface ColumnTypes {
  /** Any text, ordered by its UTF-8 bytes. */
  readonly text: RawBuilder<unknown>;
  /** A whole number within JavaScript's safe ones: counts, bytes, and times as ms since 1970. */
  readonly integer: RawBuilder<unknown>;
  /** A floating-point number. */
  readonly real: RawBuilder<unknown>;
}

/** The types of columns for an engine: a migration uses these alone. */
export function columnTypes(engine: Engine): ColumnTypes {
  return engine === "sqlite"
    ? { text: sql`text`, integer: sql`integer`, real: sql`real` }
    : { text: sql`text collate "C"`, integer: sql`bigint`, real: sql`double precision` };
}
