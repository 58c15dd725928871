import type { ResolvedRange } from "./byte-range.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Key } from "./key.ts";
import { truncatedError } from "./storage-errors.ts";
import type { StoredContent, StoredObject } from "./storage.ts";

/** An open object made of its description and its body, for the adapters' `get`. */
export function storedContent(
  info: StoredObject,
  body: ReadableStream<Uint8Array>,
  range?: ResolvedRange,
): StoredContent {
  return {
    info,
    ...(range === undefined ? {} : { range }),
    body,
    bytes: async () => readAll(body, info.key, range?.length ?? info.bytes),
  };
}

async function readAll(body: ReadableStream<Uint8Array>, key: Key, length: number) {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for await (const chunk of chunksOf(body)) {
    if (offset + chunk.length > length) throw truncatedError(key);
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  if (offset < length) throw truncatedError(key);
  return bytes;
}
