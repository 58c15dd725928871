import { createHash } from "node:crypto";

import {
  createMemoryCache,
  createServiceCaller,
  defaultRetryPolicy,
  nothingFoundError,
  parseRemoval,
  type BackgroundRemover,
  type ByteCache,
  type CircuitBreaker,
  type RawPicture,
  type RetryPolicy,
  type UsageMeter,
} from "@tintype/generators";

import { callApi4ai, type Api4aiEndpoint } from "./call-api4ai.ts";
import { createKeyLock } from "./key-lock.ts";
import { placeMask } from "./place-mask.ts";
import { shrinkPicture } from "./shrink-picture.ts";

/** What the remover works with. */
export interface Api4aiRemoverOptions {
  readonly apiKey: string;
  /** `https://api4ai.cloud` when left out. */
  readonly baseUrl?: string;
  /** `general` when left out; `cars` knows what belongs to a car. */
  readonly endpoint?: Api4aiEndpoint["endpoint"];
  /** `fg-image` when left out; `fg-image-shadow` keeps the shadow that the object casts. */
  readonly mode?: Api4aiEndpoint["mode"];
  /** In USD, for what a removal says that it cost; 0 when left out. */
  readonly pricePerCall?: number;
  /** Keeps cut-outs by their picture's hash, so that no picture is paid for twice; in memory when left out. */
  readonly cache?: ByteCache;
  readonly retry?: RetryPolicy;
  readonly breaker?: CircuitBreaker;
  readonly meter?: UsageMeter;
  /** How messages call the setting of the key. */
  readonly keySetting?: string;
}

/** One try may take 30 seconds. */
const patience: RetryPolicy = {
  ...defaultRetryPolicy,
  attemptTimeoutMs: 30_000,
  deadlineMs: 120_000,
};

const limits = { maxSidePx: 4096, maxBytes: 16_000_000 };

/** Makes a remover over API4.ai: the mask comes from the service, and is laid on the picture at its full size. */
export function createApi4aiRemover({
  apiKey,
  baseUrl = "https://api4ai.cloud",
  endpoint = "general",
  mode = "fg-image",
  pricePerCall = 0,
  cache = createMemoryCache(),
  retry = patience,
  breaker,
  meter,
  keySetting = "the API key",
}: Api4aiRemoverOptions): BackgroundRemover {
  const caller = createServiceCaller({ service: "api4ai", retry, breaker, meter });
  const service: Api4aiEndpoint = { apiKey, baseUrl, endpoint, mode, keySetting };
  const locked = createKeyLock();

  /** The service's cut-out of a picture, from the cache where it was made before. */
  async function cutOut(picture: RawPicture, signal: AbortSignal | undefined) {
    const name = nameOf(picture, service);
    // Of equal pictures at once one is paid for, and the others wait for it.
    return locked(name, async () => {
      const kept = await cache.get(name);
      signal?.throwIfAborted();
      if (kept) {
        meter?.recordCacheHit("api4ai");
        return { png: kept, cost: 0 };
      }
      const jpeg = await shrinkPicture(picture, limits);
      const png = await caller.call((end) => callApi4ai(jpeg, service, end), {
        signal,
        usageOf: () => ({ cost: pricePerCall }),
      });
      await cache.put(name, png);
      return { png, cost: pricePerCall };
    });
  }

  return {
    async remove(picture, options, { signal } = {}) {
      signal?.throwIfAborted();
      const startedAt = performance.now();
      const settings = parseRemoval(picture, options);
      const { png, cost } = await cutOut(picture, signal);
      const { mask, foreground } = await placeMask(picture, png, mode, settings);
      if (mask.every((alpha) => alpha === 0) || mask.every((alpha) => alpha === 255)) {
        throw nothingFoundError("api4ai");
      }
      const { width, height } = picture;
      return {
        mask: { data: mask, width, height },
        foreground,
        engine: "api4ai",
        durationMs: performance.now() - startedAt,
        cost: { amount: cost, currency: "USD" },
      };
    },
  };
}

/** By all that the answer depends on. */
function nameOf({ data, width, height, channels }: RawPicture, { endpoint, mode }: Api4aiEndpoint) {
  return createHash("sha256")
    .update(JSON.stringify([endpoint, mode, width, height, channels]))
    .update(data)
    .digest("hex");
}
