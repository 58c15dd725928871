import type { ResolvedServices } from "../asset-services.ts";
import { removeAssets, removeVersions } from "../remove-assets.ts";
import {
  abandonedBlobs,
  expiredAssets,
  expiredOutputs,
  expiredResults,
  expiredUploads,
  leftFiles,
} from "./expired.ts";

/** What a clean-up looks at. */
export interface CleanUpOptions {
  /** Only tell what would go. */
  readonly dryRun?: boolean | undefined;
  /** The age, in ms, from which on a temporary thing goes, instead of the project's and the settings'. */
  readonly temporaryMs?: number | undefined;
  /** The same for outputs and results. */
  readonly outputsMs?: number | undefined;
  /** The age from which on bytes that no upload finished go; an hour when left out. */
  readonly abandonedMs?: number | undefined;
}

/** What went, or would go: how many of each. */
export interface CleanUpReport {
  /** Files of uploads that were cut off, on this machine's disk; a dry run does not see those inside the storage. */
  readonly files: number;
  /** Bytes in the storage that no record came to name, or that a deletion left. */
  readonly blobs: number;
  /** Places that were promised, and never used or completed. */
  readonly uploads: number;
  /** Temporary pictures. */
  readonly assets: number;
  /** Results of pictures in projects that keep them for a time only. */
  readonly results: number;
  /** Files of the pipeline that no record names. */
  readonly outputs: number;
}

const hour = 60 * 60 * 1000;

/** Removes what is not for good and old enough, and whatever a crash left. What a record names stays. */
export async function cleanUp(
  services: ResolvedServices,
  { dryRun = false, abandonedMs = hour, ...ages }: CleanUpOptions = {},
): Promise<CleanUpReport> {
  const retention = {
    temporaryMs: ages.temporaryMs ?? services.retention.temporaryMs,
    outputsMs: ages.outputsMs ?? services.retention.outputsMs,
  };
  const found = {
    files: await leftFiles(services, retention.temporaryMs),
    uploads: await expiredUploads(services),
    assets: await expiredAssets(services, retention.temporaryMs, ages.temporaryMs !== undefined),
    results: await expiredResults(services, ages.outputsMs),
    outputs: await expiredOutputs(services, retention.outputsMs),
    blobs: await abandonedBlobs(services, abandonedMs),
  };
  let swept = 0;
  if (!dryRun) {
    swept = await services.sweepStorage(abandonedMs);
    for (const remove of [...found.files, ...found.uploads, ...found.outputs]) await remove();
    await removeAssets(found.assets, services);
    await removeVersions(found.results, services);
    await services.blobs.abandon(found.blobs.writing);
    await services.blobs.erase();
  }
  return {
    files: found.files.length + swept,
    blobs: found.blobs.writing.length + found.blobs.deleting,
    uploads: found.uploads.length,
    assets: found.assets.length,
    results: found.results.length,
    outputs: found.outputs.length,
  };
}
