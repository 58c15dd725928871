import { join } from "node:path";

import type { AssetLibrary } from "@tintype/assets";
import type { Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
import type { MalwareScanner } from "@tintype/scanner";
import type { Storage } from "@tintype/storage";

import { openedOnce } from "./opened-once.ts";

/** A database and a library that are opened when they are first asked for: not every command needs them. */
export interface LazyLibrary {
  readonly database: () => Promise<Database>;
  /** The same database, for what need not outlast the power. */
  readonly leases: () => Promise<Database>;
  readonly assets: () => Promise<AssetLibrary>;
  readonly close: () => Promise<void>;
}

/** Wires the library that settings ask for. */
export function createLibrary(
  settings: Settings,
  storage: Storage,
  scanner: MalwareScanner | undefined,
): LazyLibrary {
  const database = openedOnce(async () => openDatabase(settings, true));
  const leases = openedOnce(async () => openDatabase(settings, false));
  let library: AssetLibrary | undefined;
  return {
    database: database.open,
    // A server has one pool of connections for all.
    leases: settings.database.url === undefined ? leases.open : database.open,
    async assets() {
      library ??= await openLibrary(settings, storage, scanner, await database.open());
      return library;
    },
    async close() {
      await Promise.all([database.close(), leases.close()]);
      library = undefined;
    },
  };
}

async function openDatabase({ database, storage }: Settings, durable: boolean): Promise<Database> {
  const { openDatabase: open } = await import("@tintype/database");
  const { url, maxConnections } = database;
  return open(
    url === undefined
      ? { file: join(storage.dataDir, "tintype.sqlite"), durable }
      : { url, maxConnections },
  );
}

async function openLibrary(
  settings: Settings,
  storage: Storage,
  scanner: MalwareScanner | undefined,
  database: Database,
): Promise<AssetLibrary> {
  const { createAssetLibrary } = await import("@tintype/assets");
  const { limits, uploads, virusScan } = settings;
  const { dataDir, outputPrefix } = settings.storage;
  const { quarantine, keepTemporaryMs, keepOutputsMs } = uploads;
  return createAssetLibrary({
    storage,
    database,
    incomingFolder: uploads.temporaryFolder ?? join(dataDir, "incoming"),
    limits: {
      maxBytes: limits.maxImageBytes,
      maxPixels: limits.maxPixels,
      maxSide: limits.maxSide,
    },
    scanning: scanner && { scanner, mode: virusScan.mode, quarantine },
    outputPrefix,
    retention: { temporaryMs: keepTemporaryMs, outputsMs: keepOutputsMs },
    sweepStorage: sweeperOf(settings),
    namedElsewhere: async () => {
      const { outputsOnRecord } = await import("@tintype/jobs");
      return outputsOnRecord(database.queries);
    },
  });
}

/** Removes files that killed writers left on the local disk. */
function sweeperOf({ storage: { kind, dataDir, prefix } }: Settings) {
  if (kind !== "local") return undefined;
  return async (olderThanMs: number) => {
    const { sweepTemporaryFiles } = await import("@tintype/storage-local");
    return sweepTemporaryFiles({ root: join(dataDir, "files", prefix ?? ""), olderThanMs });
  };
}
