import type { AssetLibrary } from "@tintype/assets";
import {
  batchJob,
  cleanUpJob,
  postProcessJob,
  processJob,
  rescanJob,
  type JobKind,
} from "@tintype/jobs";
import type { Pipeline } from "@tintype/pipeline";
import type { Storage } from "@tintype/storage";

/** What jobs are done with. */
export interface JobMeans {
  readonly pipeline: Pipeline;
  readonly storage: Storage;
  readonly assets: () => Promise<AssetLibrary>;
}

/** Every kind of job that a service does. */
export function createJobKinds({ pipeline, storage, assets }: JobMeans): readonly JobKind[] {
  const process = processJob({ pipeline, storage, assets });
  return [
    process,
    batchJob(process),
    postProcessJob({ pipeline, storage }),
    cleanUpJob(assets),
    rescanJob(assets),
  ];
}
