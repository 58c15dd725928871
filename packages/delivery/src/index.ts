export type { CachedResult } from "./cache/cache-entry.ts";
export { engineVersion } from "./cache/engine-version.ts";
export { createResultCache } from "./cache/result-cache.ts";
export type {
  CacheState,
  CacheStatus,
  ResultCache,
  ResultCacheOptions,
  ResultId,
} from "./cache/result-cache.ts";
export { createWorkLeases } from "./cache/work-leases.ts";
export type { WorkLeaseOptions, WorkLeases } from "./cache/work-leases.ts";
export type { SignatureSettings } from "./check-signature.ts";
export { createDelivery } from "./create-delivery.ts";
export type {
  ClientHints,
  DeliveredImage,
  Delivery,
  DeliveryServices,
  DeliverySettings,
} from "./delivery.ts";
export { addressOptions } from "./dialect/address-options.ts";
export type { DeclaredOption } from "./dialect/declared-option.ts";
export type { FileOptions } from "./dialect/processing-options.ts";
export type { ImageInfo } from "./info/read-info.ts";
export type { ImageFacts } from "./make-image.ts";
export type { AcceptedFormats } from "./plan/plan-output.ts";
export { withResultCache } from "./with-result-cache.ts";
export type { CachedPipelineOptions, CachedPipelineResult } from "./with-result-cache.ts";
