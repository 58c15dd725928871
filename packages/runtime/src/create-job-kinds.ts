import type { AssetLibrary } from "@tintype/assets";
import type { Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
import {
  batchJob,
  cleanUpJob,
  generateJob,
  postProcessJob,
  processJob,
  rescanJob,
  scanJob,
  sweepJob,
  type JobKind,
} from "@tintype/jobs";
import type { Pipeline } from "@tintype/pipeline";
import type { Storage } from "@tintype/storage";

/** What jobs are done with. */
export interface JobMeans {
  readonly settings: Settings;
  readonly pipeline: Pipeline;
  readonly storage: Storage;
  readonly database: () => Promise<Database>;
  readonly assets: () => Promise<AssetLibrary>;
}

/** Every kind of job that a service does. */
export function createJobKinds(means: JobMeans): readonly JobKind[] {
  const { settings, pipeline, storage, database, assets } = means;
  const { maxVariations } = settings.generation;
  const { outputPrefix } = settings.storage;
  const process = processJob({ pipeline, storage, assets });
  return [
    process,
    generateJob({ pipeline, maxVariations, outputPrefix }),
    batchJob(process),
    postProcessJob({ pipeline, storage }),
    scanJob(assets),
    rescanJob(assets),
    cleanUpJob(assets),
    sweepJob({ assets, storage, database }),
  ];
}
