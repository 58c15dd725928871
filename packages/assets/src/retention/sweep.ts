import type { ResolvedServices } from "../asset-services.ts";
import { abandonedBlobs, leftFiles } from "./expired.ts";

/** What a sweep removed: how many of each. */
export interface SweepReport {
  /** Files of uploads and of writes that were cut off. */
  readonly files: number;
  /** Bytes in the storage that no record came to name, or that a deletion left. */
  readonly blobs: number;
}

const hour = 60 * 60 * 1000;

/** Removes what crashes left on this machine's disk and in the storage; what is younger, by default than an hour, may still be in work. */
export async function sweep(
  services: ResolvedServices,
  { abandonedMs = hour }: { readonly abandonedMs?: number | undefined } = {},
): Promise<SweepReport> {
  const files = await leftFiles(services, abandonedMs);
  for (const remove of files) await remove();
  const swept = await services.sweepStorage(abandonedMs);
  const { writing, deleting } = await abandonedBlobs(services, abandonedMs);
  await services.blobs.abandon(writing);
  await services.blobs.erase();
  return { files: files.length + swept, blobs: writing.length + deleting };
}
