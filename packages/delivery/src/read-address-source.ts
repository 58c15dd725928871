import { createHash } from "node:crypto";

import { openStored, readStored, type Pipeline } from "@tintype/pipeline";
import { notFoundError, sha256Of, type Key, type Storage } from "@tintype/storage";

import { createSingleFlight } from "./cache/single-flight.ts";
import { deliveryError } from "./delivery-error.ts";
import type { AddressSource } from "./dialect/parse-source.ts";

/** A source whose content is known by its hash; its bytes are read when they are needed, and may be others by then. */
export interface KnownSource {
  /** In hex. */
  readonly sha256: string;
  readonly lastModified: Date | undefined;
  /** Whether it lies in the storage, which gives it at once. */
  readonly isNear: boolean;
  /** Gives bytes that are the caller's own. */
  read(signal?: AbortSignal): Promise<SourceContent>;
}

/** The bytes of a source, and their own hash in hex. */
interface SourceContent {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What sources are read with. */
export interface SourceAccess {
  readonly pipeline: Pipeline;
  readonly storage: Storage;
  /** The key of an asset's file; without it `asset://` is refused. */
  readonly assetKey?: ((id: string) => Promise<Key>) | undefined;
  /** How long a picture from the web or a bucket counts as unchanged. */
  readonly webTtlMs: number;
}

/** Reads a source, or remembers what its bytes were. */
export type ReadAddressSource = (
  source: AddressSource,
  signal?: AbortSignal,
) => Promise<KnownSource>;

const maxRemembered = 10_000;

/** Makes a reader that remembers hashes, so that a result that is cached needs no look into its source. */
export function createSourceReader({
  pipeline,
  storage,
  assetKey,
  webTtlMs,
}: SourceAccess): ReadAddressSource {
  const hashes = new Map<string, { readonly sha256: string; readonly at: number }>();
  const hashing = createSingleFlight<string>();

  const remember = (name: string, sha256: string): string => {
    hashes.delete(name);
    hashes.set(name, { sha256, at: Date.now() });
    const [oldest] = hashes.keys();
    if (hashes.size > maxRemembered && oldest !== undefined) hashes.delete(oldest);
    return sha256;
  };

  const hashStored = async (key: Key, end: AbortSignal): Promise<string> => {
    const { info, body } = await openStored(storage, key, pipeline, end);
    const hash = createHash("sha256");
    for await (const chunk of body) hash.update(chunk);
    return remember(versionOf(key, info), hash.digest("hex"));
  };

  const stored = async (key: Key, signal?: AbortSignal): Promise<KnownSource> => {
    const info = await storage.head(key, { signal });
    if (!info) throw notFoundError(key);
    const version = versionOf(key, info);
    // Not by reading the whole: of many requests that come at once, each would hold it until its turn.
    const hash = async () =>
      (await hashing.run(version, async (end) => hashStored(key, end), signal)).result;
    return {
      sha256: hashes.get(version)?.sha256 ?? (await hash()),
      lastModified: info.lastModified,
      isNear: true,
      async read(end) {
        const { bytes, etag } = await readStored(storage, key, pipeline, end);
        const name = versionOf(key, { etag });
        // An ETag stands for these very bytes: they are hashed once.
        return {
          bytes,
          sha256: remember(name, hashes.get(name)?.sha256 ?? (await sha256Of(bytes))),
        };
      },
    };
  };

  const far = async (
    source: Extract<AddressSource, { url: string }>,
    signal?: AbortSignal,
  ): Promise<KnownSource> => {
    const { kind, url } = source;
    const facts = { lastModified: undefined, isNear: false };
    const read = async (end?: AbortSignal) => {
      const bytes = await pipeline.read({ kind, url }, { signal: end });
      return { bytes, sha256: remember(url, await sha256Of(bytes)) };
    };
    const found = hashes.get(url);
    if (found && Date.now() - found.at < webTtlMs) return { ...facts, sha256: found.sha256, read };
    const content = await read(signal);
    let isTaken = false;
    const contentOnce = async (end?: AbortSignal) => {
      if (isTaken) return read(end);
      isTaken = true;
      return content;
    };
    return { ...facts, sha256: content.sha256, read: contentOnce };
  };

  return async (source, signal) => {
    switch (source.kind) {
      case "stored":
        return stored(source.key, signal);
      case "asset":
        if (!assetKey) {
          throw deliveryError("source_denied", "Sources from asset:// are not set up here.");
        }
        return stored(await assetKey(source.id), signal);
      case "s3":
      case "url":
        return far(source, signal);
      default:
        return source satisfies never;
    }
  };
}

function versionOf(key: Key, { etag }: { readonly etag: string }): string {
  return `${key}\n${etag}`;
}
