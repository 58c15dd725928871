import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Database } from "@tintype/database";
import { openTestDatabase, type TestEngine } from "@tintype/database/testing";
import { createMemoryStorage, createUrlSigner, type Storage } from "@tintype/storage";
import { onTestFinished } from "vitest";

import { createAssetLibrary, type AssetLibrary } from "../asset-library.ts";
import type { AssetServices } from "../asset-services.ts";

/** A library over a storage in memory and a database of its own, with what a test looks at behind its back. */
export interface TestLibrary {
  readonly library: AssetLibrary;
  readonly storage: Storage;
  readonly database: Database;
  readonly incomingFolder: string;
  /** Another library over the same places, as another process has one. */
  readonly another: (services?: Partial<AssetServices>) => AssetLibrary;
  /** Every key in the storage. */
  readonly keys: () => Promise<readonly string[]>;
  /** Lets time pass. */
  readonly wait: (ms: number) => void;
}

/** Makes an empty library, which goes when the test ends. */
export async function testLibrary(
  engine: TestEngine,
  services: Partial<AssetServices> = {},
): Promise<TestLibrary> {
  const incomingFolder = mkdtempSync(join(tmpdir(), "tintype-incoming-"));
  onTestFinished(() => rmSync(incomingFolder, { recursive: true, force: true }));
  const database = await openTestDatabase(engine);
  const signer = createUrlSigner({ secrets: ["a secret of tests alone"] });
  const storage = createMemoryStorage({ baseUrl: "https://files.example", signer });
  let now = Date.now();
  const clock = () => (now += 1);
  const places = { storage, database, incomingFolder, now: clock };
  const another: TestLibrary["another"] = (others) =>
    createAssetLibrary({ ...places, ...services, ...others });
  return {
    library: another(),
    storage,
    database,
    incomingFolder,
    another,
    keys: async () => {
      const keys: string[] = [];
      for await (const { key } of storage.list()) keys.push(key);
      return keys;
    },
    wait: (ms) => (now += ms),
  };
}
