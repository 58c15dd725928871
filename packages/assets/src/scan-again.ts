import { TintypeError } from "@tintype/errors";
import type { ScanVerdict } from "@tintype/scanner";
import { parseKey } from "@tintype/storage";

import { assetNotFound } from "./asset-errors.ts";
import type { ResolvedServices, Scanning } from "./asset-services.ts";
import { originalNumber } from "./asset.ts";
import { removeAssets } from "./remove-assets.ts";

/** Scans one picture's original whatever was said of it before: an infected one goes. Throws `asset.no_scanner` where nothing scans. */
export async function scanAsset(
  id: string,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<ScanVerdict> {
  if (services.scanning === undefined) throw noScanner();
  const [original] = await originals(services).where("assets.id", "=", id).execute();
  if (original === undefined) throw assetNotFound(id);
  return settle(original, services.scanning, services, signal);
}

/** Scans what came in without a verdict; gives how many pictures have one now. */
export async function scanUnscanned(
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<number> {
  const { scanning } = services;
  if (scanning === undefined) return 0;
  const unscanned = await originals(services).where("assets.scan", "=", "unscanned").execute();
  let settled = 0;
  for (const original of unscanned) {
    const { verdict } = await settle(original, scanning, services, signal);
    if (verdict !== "unscanned") settled += 1;
  }
  return settled;
}

function originals({ database: { queries } }: ResolvedServices) {
  return queries
    .selectFrom("assets")
    .innerJoin("asset_versions as version", "version.asset_id", "assets.id")
    .innerJoin("blobs", "blobs.id", "version.blob_id")
    .select(["assets.id", "blobs.key"])
    .where("version.number", "=", originalNumber);
}

/** Scans an original and puts the verdict on record; without one the record stays as it is. */
async function settle(
  { id, key }: { readonly id: string; readonly key: string },
  { scanner }: Scanning,
  services: ResolvedServices,
  signal: AbortSignal | undefined,
): Promise<ScanVerdict> {
  const { database, storage } = services;
  const { body } = await storage.get(parseKey(key), { signal });
  const found = await scanner.scan(body, { signal });
  if (found.verdict === "infected") await removeAssets([id], services);
  if (found.verdict === "clean")
    await database.queries
      .updateTable("assets")
      .set({ scan: "clean" })
      .where("id", "=", id)
      .execute();
  return found;
}

function noScanner(): TintypeError {
  return new TintypeError({
    kind: "unsupported",
    code: "asset.no_scanner",
    message: "This service scans nothing for malware: set up a scanner first.",
  });
}
