import { join } from "node:path";

import type { AssetLibrary } from "@tintype/assets";
import { publicUrl, type Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
import { createUsageMeter, type UsageMeter } from "@tintype/generators";
import type { JobQueue } from "@tintype/jobs";
import type { OpenedQueue } from "@tintype/jobs-bullmq";
import {
  createAdmission,
  createGuardedFetch,
  createGuardedOpen,
  createIsolatedRenderer,
  createPipeline,
  type GuardedOpen,
  type Pipeline,
} from "@tintype/pipeline";
import type { MalwareScanner } from "@tintype/scanner";
import type { Storage, UrlSigner } from "@tintype/storage";
import { createMetrics, silentLogger, type Logger, type Metrics } from "@tintype/telemetry";

import { withBuildAhead } from "./build-ahead.ts";
import { createBackgroundRemovers } from "./create-background-removers.ts";
import { createBucketOpener } from "./create-bucket-opener.ts";
import { createFolderStorage } from "./create-folder-storage.ts";
import { createGeneration } from "./create-generation.ts";
import { createImageDelivery, type ImageDelivery } from "./create-image-delivery.ts";
import { createLibrary } from "./create-library.ts";
import { createRegistries } from "./create-registries.ts";
import { createScanner } from "./create-scanner.ts";
import { createStorageCache } from "./create-storage-cache.ts";
import { createStorage } from "./create-storage.ts";
import { createUploadSigner } from "./create-upload-signer.ts";
import { dependenciesOf, type Dependency } from "./dependencies.ts";
import { filesAddress } from "./files-address.ts";
import { withForgottenResults } from "./forgotten-results.ts";
import { keepReconciled } from "./keep-reconciled.ts";
import { lazyBullQueue } from "./lazy-bull-queue.ts";
import { measureCall } from "./measure-call.ts";
import { measurePipeline } from "./measure-pipeline.ts";
import { openedOnce } from "./opened-once.ts";

/** Everything an app works with, wired from settings. */
export interface Runtime {
  readonly settings: Settings;
  /** The address under which clients reach the service. */
  readonly url: string;
  readonly storage: Storage;
  /** Present when links to files are signed. */
  readonly signer: UrlSigner | undefined;
  readonly pipeline: Pipeline;
  /** Counts the calls of paid services, and what they cost. */
  readonly usage: UsageMeter;
  /** Images by URL, and the results that are kept. */
  readonly images: ImageDelivery;
  /** Opens pictures from the web for whoever asks. */
  readonly openUrl: GuardedOpen;
  /** Signs and verifies the addresses to which clients upload. */
  readonly uploadSigner: UrlSigner;
  /** The database, opened when it is first asked for. */
  readonly database: () => Promise<Database>;
  /** The library of uploaded pictures, opened when it is first asked for. */
  readonly assets: () => Promise<AssetLibrary>;
  /** The queue of jobs, opened when it is first asked for. */
  readonly jobs: () => Promise<JobQueue>;
  /** BullMQ's queue, to look into; undefined where jobs need no BullMQ. */
  readonly bullQueue: (() => Promise<OpenedQueue>) | undefined;
  /** Closes what was opened. */
  readonly close: () => Promise<void>;
  /** Present when uploads are scanned for malware. */
  readonly scanner: MalwareScanner | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** All that the service leans on. */
  readonly dependencies: readonly Dependency[];
}

/** What an app knows better than the settings. */
export interface RuntimeOverrides {
  /** The port that is really listened on. */
  readonly port?: number;
  /** A storage of the app's own, instead of the one that the settings name. */
  readonly storage?: Storage;
  /** Where it tells what it does; nowhere when left out. */
  readonly logger?: Logger;
}

/** Wires the services that settings ask for. */
export async function createRuntime(
  settings: Settings,
  overrides: RuntimeOverrides = {},
): Promise<Runtime> {
  const { port = settings.server.port, logger = silentLogger } = overrides;
  const { limits, processing, signing, urlFetch } = settings;
  const url = publicUrl({ ...settings.server, port });
  const files = filesAddress(settings, port);
  const { signer } = files;
  const uploadSigner = createUploadSigner(signing);
  const uploadable = { ...files, signer: uploadSigner };
  const storage = overrides.storage ?? (await createStorage(settings, uploadable));
  const fetching = { ...urlFetch, maxBytes: limits.maxImageBytes };
  keepReconciled(storage);
  const metrics = createMetrics();
  const usage = createUsageMeter((call) => measureCall(call, metrics));
  const paidFor = (what: string) => ({
    cache: createStorageCache(() =>
      createFolderStorage(join(settings.storage.dataDir, "cache", what)),
    ),
    meter: usage,
  });
  const pipeline = createPipeline({
    storage,
    registries: createRegistries(settings),
    limits: {
      maxBytes: limits.maxImageBytes,
      maxPixels: limits.maxPixels,
      maxSide: limits.maxSide,
    },
    openBucket: createBucketOpener(settings),
    fetch: createGuardedFetch(fetching),
    admission: createAdmission({
      maxPictures: processing.concurrency,
      // None is read ahead: its bytes would lie there while as many are in work as keep all cores busy.
      maxNear: processing.concurrency,
      maxWaiting: processing.queueLimit,
    }),
    backgroundRemovers: createBackgroundRemovers(settings, paidFor("cut-outs")),
    generation: createGeneration(settings, { ...paidFor("generated"), metrics }),
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
  const library = createLibrary(settings, storage, scanner);
  if (scanner) metrics.watchScans(() => scanner.counts());
  const images = createImageDelivery(
    settings,
    {
      pipeline: measurePipeline(pipeline, metrics, logger),
      storage,
      leases: library.leases,
      assetKey: async (id) => (await (await library.assets()).locate(id)).key,
    },
    metrics,
    // A folder of the app's own is for what it makes alone.
    overrides.storage === undefined,
  );
  const assets = async () =>
    withForgottenResults(
      withBuildAhead(await library.assets(), images.delivery, settings),
      images.cache,
    );
  const bullQueue = lazyBullQueue(settings);
  const { database } = library;
  const jobs = openedOnce(async () => {
    const { createJobs } = await import("./create-jobs.ts");
    return createJobs({
      settings,
      pipeline: images.pipeline,
      storage,
      database,
      assets,
      metrics,
      logger,
    });
  });
  return {
    settings,
    url,
    storage,
    signer,
    uploadSigner,
    openUrl: createGuardedOpen(fetching),
    pipeline: images.pipeline,
    images,
    usage,
    scanner,
    logger,
    metrics,
    dependencies: dependenciesOf(settings, { storage, scanner, jobs: jobs.open, database }),
    database,
    assets,
    jobs: jobs.open,
    bullQueue: bullQueue?.open,
    async close() {
      await bullQueue?.close();
      await jobs.close();
      await library.close();
    },
  };
}
