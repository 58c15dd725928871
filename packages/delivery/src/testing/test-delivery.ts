import { isTintypeError, type TintypeError } from "@tintype/errors";
import { createPipeline } from "@tintype/pipeline";
import { createMemoryStorage, parseKey, type Storage } from "@tintype/storage";

import { createDelivery } from "../create-delivery.ts";
import type { Delivery, DeliveryServices, DeliverySettings } from "../delivery.ts";

/** Settings under which every address is let in, and nothing is negotiated. */
const openSettings: DeliverySettings = {
  signatures: { pairs: [], size: 32, allowUnsigned: true },
  presets: [],
  onlyPresets: false,
  allowedSources: [],
  negotiate: { avif: false, webp: false },
  hideExpired: false,
  webTtlMs: 60_000,
};

/** A delivery over a memory storage that holds files under their names. */
export async function testDelivery(
  files: Readonly<Record<string, Uint8Array>>,
  settings: Partial<DeliverySettings> = {},
  services: Partial<DeliveryServices> = {},
): Promise<{ readonly delivery: Delivery; readonly storage: Storage }> {
  const storage = services.storage ?? createMemoryStorage();
  for (const [name, bytes] of Object.entries(files)) await storage.put(parseKey(name), bytes);
  const pipeline = services.pipeline ?? createPipeline({ storage });
  const delivery = createDelivery(
    { ...services, pipeline, storage },
    { ...openSettings, ...settings },
  );
  return { delivery, storage };
}

/** The error that a call throws or rejects with; fails when there is none, or one that Tintype did not name. */
export async function failureOf(call: () => unknown): Promise<TintypeError> {
  try {
    await call();
  } catch (error) {
    if (isTintypeError(error)) return error;
    throw error;
  }
  throw new Error("The call succeeded.");
}
