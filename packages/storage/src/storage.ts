import type { ByteRange, ResolvedRange } from "./byte-range.ts";
import type { Key, Prefix } from "./key.ts";

/** What every listing knows about an object. */
export interface ListedObject {
  readonly key: Key;
  /** The size in bytes. */
  readonly bytes: number;
  readonly lastModified: Date;
  /** Changes whenever the bytes do; strong, and without quotes. */
  readonly etag: string;
}

/** What is kept with an object's bytes and given back with them. */
export interface ObjectAttributes {
  readonly mediaType: string;
  /** Names of a-z, 0-9 and hyphens, with any text as values. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
}

/** Everything known about an object but its bytes. */
export interface StoredObject extends ListedObject, ObjectAttributes {}

/** An object that is open for reading: consume or cancel `body`, or call `bytes`, so that its source is released. */
export interface StoredContent {
  /** The whole object's description, also when only a range of it was asked for. */
  readonly info: StoredObject;
  /** Where `body` lies in the object, when a range was asked for. */
  readonly range?: ResolvedRange;
  readonly body: ReadableStream<Uint8Array>;
  /** Reads the whole body into memory that is the caller's own. */
  bytes(): Promise<Uint8Array>;
}

/** What every call takes: an abort rejects with the signal's own reason. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** How to put an object. */
export interface PutOptions extends CallOptions {
  /** Throw `storage.already_exists` when the key is taken; of several at once, one wins. */
  readonly ifAbsent?: boolean | undefined;
  /** Follows from the key's extension when left out. */
  readonly mediaType?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly cacheControl?: string | undefined;
  readonly contentDisposition?: string | undefined;
}

/** How to read an object. */
export interface GetOptions extends CallOptions {
  readonly range?: ByteRange | undefined;
}

/** Which objects to list. */
export interface ListOptions extends CallOptions {
  readonly prefix?: Prefix | undefined;
}

/** What an address shall promise. */
export interface UrlOptions {
  /** Sign the address and let it end after this time, at most seven days. */
  readonly expiresInSeconds?: number | undefined;
  /** Ask the server to offer the object as a download of this name. */
  readonly downloadName?: string | undefined;
}

/** What an upload without keys of the storage may be, and until when. */
export interface UploadUrlOptions {
  readonly mediaType: string;
  /** The exact size. */
  readonly bytes: number;
  /** At most seven days. */
  readonly expiresInSeconds: number;
}

/** How a client, such as a browser, uploads one object: with this method, to this address, with these headers besides the length. */
export interface UploadUrl {
  readonly method: "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a storage can be used now, maybe with something to know; `message` is safe to show. */
export type StorageHealth =
  | { readonly ok: true; readonly message?: string }
  | { readonly ok: false; readonly message: string };

/** Objects under keys. Every backend keeps the behaviors of `storageContract` in `@tintype/storage/testing`. */
export interface Storage {
  /** Stores the whole body or nothing: a reader sees the old object or the new one, never a part. A body that is not used is cancelled. */
  put(
    key: Key,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options?: PutOptions,
  ): Promise<StoredObject>;
  /** Opens an object as it is now, or throws `storage.not_found`; a later overwrite does not reach the body. */
  get(key: Key, options?: GetOptions): Promise<StoredContent>;
  /** Describes an object, or gives `undefined` when there is none. */
  head(key: Key, options?: CallOptions): Promise<StoredObject | undefined>;
  /** Removes an object; fine when there is none. */
  delete(key: Key, options?: CallOptions): Promise<void>;
  /** Every object whose key starts with the prefix, ordered by the keys' UTF-8 bytes. */
  list(options?: ListOptions): AsyncIterable<ListedObject>;
  /** Stores an object's bytes and attributes under another key too, or throws `storage.not_found`. */
  copy(from: Key, to: Key, options?: CallOptions): Promise<StoredObject>;
  /** An address of the object: a lasting one, or one that expires, or `storage.cannot_sign`. */
  url(key: Key, options?: UrlOptions): Promise<string>;
  /** An address to which one object of this type and size can be put, or `storage.cannot_sign`. */
  uploadUrl(key: Key, options: UploadUrlOptions): Promise<UploadUrl>;
  /** Tries whether the storage can be used; never rejects. */
  health(options?: CallOptions): Promise<StorageHealth>;
}
