import type { Database } from "@tintype/database";
import { defaultLimits, type ImageLimits } from "@tintype/image-core";
import type { MalwareScanner, ScanMode } from "@tintype/scanner";
import { parseKey, type Key, type Storage } from "@tintype/storage";

import { createBlobStore, type BlobStore } from "./blobs/blob-store.ts";
import { createGate, type Gate } from "./gate.ts";

/** How files are scanned for malware when they come in. */
export interface Scanning {
  readonly scanner: MalwareScanner;
  /** What becomes of a file without a verdict. */
  readonly mode: ScanMode;
  /** Whether a file without a verdict is kept from readers until it has one; it is when left out. */
  readonly quarantine?: boolean;
}

/** How long what is not for good stays, in ms. */
export interface Retention {
  /** Temporary pictures, files of uploads that were cut off, and places that nobody uploaded to. */
  readonly temporaryMs: number;
  /** Files of the pipeline that no record names. */
  readonly outputsMs: number;
}

/** What a library works with; storage, database and a folder for what comes in have no default. */
export interface AssetServices {
  readonly storage: Storage;
  readonly database: Database;
  /** A folder on this machine's disk, for files on their way in. */
  readonly incomingFolder: string;
  readonly limits?: Partial<ImageLimits>;
  readonly scanning?: Scanning | undefined;
  /** First part of the library's keys; `assets` when left out. */
  readonly prefix?: string;
  /** First part of the keys of the pipeline's files; `outputs` when left out. */
  readonly outputPrefix?: string;
  readonly retention?: Partial<Retention>;
  /** Removes what crashed writers left in the storage, where that is not the storage's own care, and gives the number. */
  readonly sweepStorage?: ((olderThanMs: number) => Promise<number>) | undefined;
  /** The keys of the pipeline's files that others than the library name: they stay. */
  readonly namedElsewhere?: (() => Promise<ReadonlySet<string>>) | undefined;
  /** Pictures that are decoded at the same time, which bounds the memory; 2 when left out. */
  readonly concurrency?: number;
  /** The clock. */
  readonly now?: () => number;
}

/** Services with every default in its place. */
export interface ResolvedServices {
  readonly storage: Storage;
  readonly database: Database;
  readonly incomingFolder: string;
  readonly limits: ImageLimits;
  readonly scanning: Scanning | undefined;
  readonly prefix: Key;
  readonly outputPrefix: Key;
  readonly retention: Retention;
  readonly sweepStorage: (olderThanMs: number) => Promise<number>;
  readonly namedElsewhere: () => Promise<ReadonlySet<string>>;
  readonly now: () => number;
  readonly blobs: BlobStore;
  readonly gate: Gate;
}

const day = 24 * 60 * 60 * 1000;

/** Puts the defaults in. */
export function resolveServices(services: AssetServices): ResolvedServices {
  const { storage, database, now = Date.now } = services;
  const prefix = parseKey(services.prefix ?? "assets");
  return {
    storage,
    database,
    now,
    prefix,
    incomingFolder: services.incomingFolder,
    limits: { ...defaultLimits, ...services.limits },
    scanning: services.scanning,
    outputPrefix: parseKey(services.outputPrefix ?? "outputs"),
    retention: { temporaryMs: day, outputsMs: 7 * day, ...services.retention },
    sweepStorage: services.sweepStorage ?? (async () => 0),
    namedElsewhere: services.namedElsewhere ?? (async () => new Set()),
    blobs: createBlobStore({ storage, database, prefix, now }),
    gate: createGate(services.concurrency ?? 2),
  };
}
