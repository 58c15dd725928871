import type { HeadObjectCommandOutput, _Object } from "@aws-sdk/client-s3";
import {
  mediaTypeOf,
  parseKey,
  type Key,
  type ListedObject,
  type StoredObject,
} from "@tintype/storage";

import { fromHeaderText } from "./header-text.ts";

type Found = Pick<
  HeadObjectCommandOutput,
  "ETag" | "LastModified" | "ContentType" | "Metadata" | "CacheControl" | "ContentDisposition"
>;

/** An ETag without its quotes; empty where a service tells none. */
export function etagOf(header: string | undefined): string {
  return (header ?? "").replace(/^W\//, "").replaceAll('"', "");
}

/** What a service's answer says of an object. */
export function storedObject(key: Key, found: Found, bytes = 0): StoredObject {
  const { LastModified = new Date(0), CacheControl, ContentDisposition, Metadata = {} } = found;
  const metadata = Object.entries(Metadata).map(([name, text]) => [name, fromHeaderText(text)]);
  return {
    key,
    bytes,
    lastModified: LastModified,
    etag: etagOf(found.ETag),
    mediaType: found.ContentType ?? mediaTypeOf(key),
    metadata: Object.fromEntries(metadata) as Record<string, string>,
    ...(CacheControl && { cacheControl: CacheControl }),
    ...(ContentDisposition && { contentDisposition: ContentDisposition }),
  };
}

/** An object of a listing; none for what others put under a name that is no key of ours. */
export function* listedObject({
  Key,
  Size = 0,
  ETag,
  LastModified,
}: _Object): Generator<ListedObject> {
  const key = ownKey(Key ?? "");
  if (key === undefined) return;
  // A listing tells milliseconds that no other answer does.
  const seconds = Math.floor((LastModified?.getTime() ?? 0) / 1000);
  yield { key, bytes: Size, etag: etagOf(ETag), lastModified: new Date(seconds * 1000) };
}

function ownKey(text: string): Key | undefined {
  try {
    const key = parseKey(text);
    return key === text ? key : undefined;
  } catch {
    return undefined;
  }
}
