import type { Queries } from "@tintype/database";

const portion = 500;

/** The keys of all files that the results of jobs on record name. */
export async function outputsOnRecord(queries: Queries): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  const gather = (name: string, value: unknown) => {
    if (name === "key" && typeof value === "string") keys.add(value);
    return value;
  };
  for (let after: string | undefined = ""; after !== undefined;) {
    const rows: readonly { readonly id: string; readonly result: string | null }[] = await queries
      .selectFrom("jobs")
      .select(["id", "result"])
      .where("id", ">", after)
      .where("result", "is not", null)
      .orderBy("id")
      .limit(portion)
      .execute();
    for (const { result } of rows) JSON.parse(result ?? "null", gather);
    after = rows.length < portion ? undefined : rows.at(-1)?.id;
  }
  return keys;
}
