import type { Settings } from "@tintype/config";
import {
  defaultRetryPolicy,
  notConfiguredError,
  type BackgroundRemover,
  type ByteCache,
  type UsageMeter,
} from "@tintype/generators";

/** The remover over API4.ai; throws `service.not_configured` without a key. */
export async function connectApi4ai(
  { api4ai }: Settings,
  { cache, meter }: { readonly cache: ByteCache; readonly meter: UsageMeter },
): Promise<BackgroundRemover> {
  const { apiKey, maxRetries, retryDelayMs, timeoutMs, ...service } = api4ai;
  if (apiKey === undefined) throw notConfiguredError("api4ai", "API4AI_API_KEY");
  const { createApi4aiRemover } = await import("@tintype/background-api4ai");
  return createApi4aiRemover({
    ...service,
    apiKey,
    cache,
    meter,
    retry: {
      ...defaultRetryPolicy,
      maxRetries,
      firstDelayMs: retryDelayMs,
      attemptTimeoutMs: timeoutMs,
      deadlineMs: timeoutMs * (maxRetries + 2),
    },
    keySetting: "API4AI_API_KEY",
  });
}
