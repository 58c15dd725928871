import type { Queries } from "@tintype/database";

/** How long a project keeps what is not for good, in ms; null is what the settings say, and for results for ever. */
export interface ProjectRetention {
  readonly temporaryMs?: number | null;
  readonly outputsMs?: number | null;
}

/** A project that has pictures, or rules of its own. */
export interface Project extends Required<ProjectRetention> {
  readonly name: string;
  /** How many pictures it has, and the bytes of their originals. */
  readonly pictures: number;
  readonly bytes: number;
}

/** Lists the projects by their names. */
export async function listProjects(queries: Queries): Promise<readonly Project[]> {
  const used = await queries
    .selectFrom("assets")
    .select(({ fn }) => [
      "project as name",
      fn.countAll<string | number>().as("pictures"),
      fn.sum<string | number>("bytes").as("bytes"),
    ])
    .groupBy("project")
    .execute();
  const ruled = await queries.selectFrom("projects").selectAll().execute();
  const [contents, rules] = [byName(used), byName(ruled)];
  return [...new Set([...contents.keys(), ...rules.keys()])].toSorted().map((name) => ({
    name,
    // PostgreSQL counts in texts.
    pictures: Number(contents.get(name)?.pictures ?? 0),
    bytes: Number(contents.get(name)?.bytes ?? 0),
    temporaryMs: rules.get(name)?.keep_temporary_ms ?? null,
    outputsMs: rules.get(name)?.keep_outputs_ms ?? null,
  }));
}

function byName<Row extends { readonly name: string }>(rows: readonly Row[]) {
  return new Map(rows.map((row) => [row.name, row]));
}
