import type { Queries } from "@tintype/database";
import { decodeBase64, type Source } from "@tintype/pipeline";
import { joinKey, parsePrefix, type Storage } from "@tintype/storage";

/** First part of the keys of pictures that came with a job and wait for it. */
const folder = "inputs";

/** Puts a picture that came with a job into the storage, and gives the source that stands for it; every other source as it is. */
export async function keepPicture(
  storage: Storage,
  id: string,
  source: Source | undefined,
): Promise<Source | undefined> {
  if (source?.kind !== "bytes") return source;
  const { data, kind: _bytes, ...reading } = source;
  const bytes = typeof data === "string" ? decodeBase64(data) : data;
  const key = joinKey(folder, id);
  await storage.put(key, bytes, { mediaType: "application/octet-stream" });
  return { kind: "stored", key, ...reading };
}

/** Removes the picture that came with a job. */
export async function forgetPicture(storage: Storage, id: string): Promise<void> {
  await storage.delete(joinKey(folder, id));
}

const hour = 60 * 60 * 1000;

/** Removes the pictures whose jobs were never put on record, as their process ended in between, and gives the number. */
export async function forgetLostPictures(
  storage: Storage,
  queries: Queries,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const object of storage.list({ prefix: parsePrefix(`${folder}/`), signal })) {
    if (object.lastModified.getTime() > Date.now() - hour) continue;
    const id = object.key.slice(folder.length + 1);
    const job = queries.selectFrom("jobs").select("id").where("id", "=", id);
    if ((await job.executeTakeFirst()) !== undefined) continue;
    await storage.delete(object.key);
    removed += 1;
  }
  return removed;
}
