import type { Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
import {
  createDelivery,
  createResultCache,
  createWorkLeases,
  engineVersion,
  withResultCache,
  type Delivery,
  type DeliveryServices,
  type ResultCache,
} from "@tintype/delivery";
import { TintypeError } from "@tintype/errors";
import type { Pipeline } from "@tintype/pipeline";
import type { Metrics } from "@tintype/telemetry";

/** Images by URL, and what is kept for those who ask for the same again. */
export interface ImageDelivery {
  readonly delivery: Delivery;
  /** Left out where nothing is kept. */
  readonly cache: ResultCache | undefined;
  /** The pipeline, which looks for its results in the cache first. */
  readonly pipeline: Pipeline;
}

/** Wires the delivery and the cache that settings ask for; `keeps` says whether the storage is one to keep results in. */
export function createImageDelivery(
  settings: Settings,
  services: Omit<DeliveryServices, "cache"> & { readonly leases: () => Promise<Database> },
  metrics: Metrics,
  keeps: boolean,
): ImageDelivery {
  const { imageUrls, resultCache, signing, storage } = settings;
  assertKnown(imageUrls);
  const cache =
    keeps && resultCache.enabled
      ? createResultCache({
          storage: services.storage,
          prefix: "cache",
          maxBytes: resultCache.maxBytes,
          maxAgeMs: resultCache.maxAgeMs,
          engine: engineVersion(),
          leases: createWorkLeases(services.leases),
          onRead: (status) => metrics.cacheRead("results", status !== "miss"),
        })
      : undefined;
  const pairs = imageUrls.keys.map((key, index) => ({ key, salt: imageUrls.salts[index] ?? "" }));
  const delivery = createDelivery(
    { ...services, cache },
    {
      ...imageUrls,
      signatures: {
        pairs,
        size: imageUrls.signatureSize,
        allowUnsigned: imageUrls.allowUnsigned,
      },
      negotiate: { avif: imageUrls.avif, webp: imageUrls.webp },
      hideExpired: imageUrls.expired === "404",
      webTtlMs: imageUrls.sourceTtlMs,
    },
  );
  const pipeline = cache
    ? withResultCache(services.pipeline, {
        cache,
        storage: services.storage,
        outputPrefix: storage.outputPrefix,
        urlExpiresInSeconds: signing.enabled ? signing.expiresInSeconds : undefined,
      })
    : services.pipeline;
  return { delivery, cache, pipeline };
}

/** What is made ahead is made behind everybody's back, where a wrong name would go unseen. */
function assertKnown({ presets, buildAhead }: Settings["imageUrls"]): void {
  const known = new Set(presets.map((preset) => preset.split("=")[0]));
  const unknown = buildAhead.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new TintypeError({
    kind: "configuration",
    code: "config.invalid",
    message: `IMG_BUILD_AHEAD names the preset ${unknown}, which IMG_PRESETS does not define.`,
  });
}
