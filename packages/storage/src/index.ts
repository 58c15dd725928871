export { parseContentRange, rangeHeader, resolveRange } from "./byte-range.ts";
export type { ByteRange, ResolvedRange } from "./byte-range.ts";
export { checkedBody } from "./checked-body.ts";
export type { ExpectedBody } from "./checked-body.ts";
export { cancelBody, chunksOf } from "./chunks-of.ts";
export { contentKey, putContent } from "./content-key.ts";
export type { ContentPlace, PutContent } from "./content-key.ts";
export { createFailoverStorage } from "./failover/failover-storage.ts";
export type { FailoverStorage, FailoverStorageOptions } from "./failover/failover-storage.ts";
export type { Reconciled } from "./failover/reconcile.ts";
export { compareKeys, escapeKey, joinKey, parseKey, parsePrefix } from "./key.ts";
export type { Key, Prefix } from "./key.ts";
export { mediaTypeOf } from "./media-type.ts";
export { createMemoryStorage } from "./memory-storage.ts";
export { parseAttributes } from "./object-attributes.ts";
export { createPrefixedStorage } from "./prefixed-storage.ts";
export { assertExpiry, objectUploadUrl, objectUrl, parseBaseUrl } from "./object-url.ts";
export { sha256Of } from "./sha256.ts";
export {
  alreadyExistsError,
  cannotSignError,
  corruptedError,
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
  UploadUrl,
  UploadUrlOptions,
  UrlOptions,
} from "./storage.ts";
export { storedContent } from "./stored-content.ts";
export { createUrlSigner } from "./url-signer.ts";
export type { SignedAccess, UrlSignature, UrlSigner } from "./url-signer.ts";
