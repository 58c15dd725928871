import { join } from "node:path";

import { publicUrl, type Settings } from "@tintype/config";
import {
  createAdmission,
  createGuardedFetch,
  createIsolatedRenderer,
  createPipeline,
  type Pipeline,
} from "@tintype/pipeline";
import type { MalwareScanner } from "@tintype/scanner";
import { createUrlSigner, type Storage, type UrlSigner } from "@tintype/storage";

import { createBackgroundRemovers } from "./create-background-removers.ts";
import { createScanner } from "./create-scanner.ts";

/** Everything an app works with, wired from settings. */
export interface Runtime {
  readonly settings: Settings;
  /** The address under which clients reach the service. */
  readonly url: string;
  readonly storage: Storage;
  /** Present when links to files are signed. */
  readonly signer: UrlSigner | undefined;
  readonly pipeline: Pipeline;
  /** Present when uploads are scanned for malware. */
  readonly scanner: MalwareScanner | undefined;
}

/** What an app knows better than the settings. */
export interface RuntimeOverrides {
  /** The port that is really listened on. */
  readonly port?: number;
  /** A storage of the app's own, instead of the one that the settings name. */
  readonly storage?: Storage;
}

/** Wires the services that settings ask for. */
export async function createRuntime(
  settings: Settings,
  overrides: RuntimeOverrides = {},
): Promise<Runtime> {
  const { port = settings.server.port } = overrides;
  const { limits, processing, signing, urlFetch } = settings;
  const url = publicUrl({ ...settings.server, port });
  const signer =
    signing.enabled && signing.secret !== undefined
      ? createUrlSigner({ secrets: [signing.secret] })
      : undefined;
  const storage = overrides.storage ?? (await createStorage(settings, url, signer));
  const pipeline = createPipeline({
    storage,
    limits: {
      maxBytes: limits.maxImageBytes,
      maxPixels: limits.maxPixels,
      maxSide: limits.maxSide,
    },
    fetch: createGuardedFetch({ ...urlFetch, maxBytes: limits.maxImageBytes }),
    admission: createAdmission({
      maxPictures: processing.concurrency,
      maxWaiting: processing.queueLimit,
    }),
    backgroundRemovers: createBackgroundRemovers(),
    isolation: {
      renderer: createIsolatedRenderer(),
      // An estimate can be off by three, and several pictures share the time.
      aboveMs: processing.timeoutMs / 10,
    },
    outputPrefix: settings.storage.outputPrefix,
    urlExpiresInSeconds:
      signer && overrides.storage === undefined ? signing.expiresInSeconds : undefined,
  });
  const scanner = await createScanner(settings);
  return { settings, url, storage, signer, pipeline, scanner };
}

/** Adapters are imported when they are asked for, so that nobody loads an SDK that is not used. */
async function createStorage(
  { storage }: Settings,
  url: string,
  signer: UrlSigner | undefined,
): Promise<Storage> {
  const { createLocalStorage } = await import("@tintype/storage-local");
  return createLocalStorage({
    root: join(storage.dataDir, "files"),
    baseUrl: `${url}/files`,
    signer,
  });
}
