import { defaultLimits, type ImageLimits } from "@tintype/image-core";
import type { Storage } from "@tintype/storage";

import { createAdmission, type Admission } from "./admission.ts";
import { createGuardedFetch, type GuardedFetch } from "./guarded-fetch/create-guarded-fetch.ts";
import { builtInRegistries, type Registries } from "./registries.ts";

/** What a pipeline works with; only the storage has no default. */
export interface PipelineServices {
  readonly storage: Storage;
  readonly registries?: Registries;
  readonly limits?: Partial<ImageLimits>;
  /** Fetches sources from the web. */
  readonly fetch?: GuardedFetch;
  /** Bounds the pictures in work; share one between the pipelines of a process. */
  readonly admission?: Admission;
  /** First part of the keys of requests that name no folder; `outputs` when left out. */
  readonly outputPrefix?: string;
  /** Sign the URLs in results and let them end after this time. */
  readonly urlExpiresInSeconds?: number | undefined;
}

/** Services with every default in its place. */
export type ResolvedServices = Required<Omit<PipelineServices, "limits">> & {
  readonly limits: ImageLimits;
};

/** Puts the defaults in. */
export function resolveServices(services: PipelineServices): ResolvedServices {
  const limits = { ...defaultLimits, ...services.limits };
  return {
    registries: builtInRegistries,
    admission: createAdmission(),
    outputPrefix: "outputs",
    urlExpiresInSeconds: undefined,
    fetch: createGuardedFetch({ maxBytes: limits.maxBytes, timeoutMs: 10_000, maxRedirects: 3 }),
    ...services,
    limits,
  };
}
