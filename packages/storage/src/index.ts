export { resolveRange } from "./byte-range.ts";
export type { ByteRange, ResolvedRange } from "./byte-range.ts";
export { cancelBody, chunksOf } from "./chunks-of.ts";
export { compareKeys, escapeKey, joinKey, parseKey, parsePrefix } from "./key.ts";
export type { Key, Prefix } from "./key.ts";
export { mediaTypeOf } from "./media-type.ts";
export { createMemoryStorage } from "./memory-storage.ts";
export { parseAttributes } from "./object-attributes.ts";
export { objectUrl, parseBaseUrl } from "./object-url.ts";
export {
  alreadyExistsError,
  invalidKeyError,
  invalidRangeError,
  notFoundError,
  truncatedError,
} from "./storage-errors.ts";
export type { KeyRefusal } from "./storage-errors.ts";
export type {
  CallOptions,
  GetOptions,
  ListedObject,
  ListOptions,
  ObjectAttributes,
  PutOptions,
  Storage,
  StorageHealth,
  StoredContent,
  StoredObject,
  UrlOptions,
} from "./storage.ts";
export { storedContent } from "./stored-content.ts";
export { createUrlSigner } from "./url-signer.ts";
export type { UrlSignature, UrlSigner } from "./url-signer.ts";
