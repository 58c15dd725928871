import { decodeBase64, type Source } from "@tintype/pipeline";
import { joinKey, type Storage } from "@tintype/storage";

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
