import { TintypeError } from "@tintype/errors";
import { defaultLimits, type ImageLimits } from "@tintype/image-core";
import type { Storage } from "@tintype/storage";

import { createAdmission, type Admission } from "./admission.ts";
import { sampleGeneration, type GenerationServices } from "./generation/generation-services.ts";
import { createGuardedFetch, type GuardedFetch } from "./guarded-fetch/create-guarded-fetch.ts";
import type { IsolatedRenderer } from "./isolation/isolated-renderer.ts";
import type { BucketOpener } from "./read-source.ts";
import { builtInRegistries, type Registries } from "./registries.ts";
import type { BackgroundRemovers } from "./remove-by-engine.ts";

/** What a pipeline works with; only the storage has no default. */
export interface PipelineServices {
  readonly storage: Storage;
  readonly registries?: Registries;
  readonly limits?: Partial<ImageLimits>;
  /** Fetches sources from the web. */
  readonly fetch?: GuardedFetch;
  /** Opens the buckets of `s3://` sources; without it there are none. */
  readonly openBucket?: BucketOpener;
  /** For `remove-background`, by the names of their engines; without any the step is not supported. */
  readonly backgroundRemovers?: BackgroundRemovers;
  /** Makes pictures from words; the sample generator alone when left out. */
  readonly generation?: GenerationServices;
  /** Bounds the pictures in work; share one between the pipelines of a process. */
  readonly admission?: Admission;
  /** Renders pictures that may take longer than `aboveMs` where a deadline can really end them; here when left out. */
  readonly isolation?: Isolation | undefined;
  /** First part of the keys of requests that name no folder; `outputs` when left out. */
  readonly outputPrefix?: string;
  /** Sign the URLs in results and let them end after this time. */
  readonly urlExpiresInSeconds?: number | undefined;
}

/** Where pictures are rendered that may take long: with the built-in registries only, as functions don't cross. */
export interface Isolation {
  readonly renderer: IsolatedRenderer;
  /** The estimate from which on a picture is rendered in a process of its own, in ms. */
  readonly aboveMs: number;
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
    backgroundRemovers: {},
    openBucket: noBuckets,
    generation: sampleGeneration,
    isolation: undefined,
    outputPrefix: "outputs",
    urlExpiresInSeconds: undefined,
    fetch: createGuardedFetch({ maxBytes: limits.maxBytes, timeoutMs: 10_000, maxRedirects: 3 }),
    ...services,
    limits,
  };
}

async function noBuckets(): Promise<never> {
  throw new TintypeError({
    kind: "unsupported",
    code: "source.no_buckets",
    message: "This pipeline reads no buckets: send the picture, its address or a stored key.",
  });
}
