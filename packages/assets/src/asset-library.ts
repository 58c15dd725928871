import { withTransaction } from "@tintype/database";
import type { ScanVerdict } from "@tintype/scanner";
import { parseKey, type ByteRange, type Key, type StoredContent } from "@tintype/storage";

import { addVersions, type AddVersionsOptions, type Result } from "./add-versions.ts";
import { assetNotFound, quarantined } from "./asset-errors.ts";
import type { AssetQueryInput } from "./asset-query.ts";
import { resolveServices, type AssetServices } from "./asset-services.ts";
import { originalNumber, type Asset, type AssetVersion } from "./asset.ts";
import {
  completeUpload,
  offerUpload,
  type DirectUploadInput,
  type UploadOffer,
} from "./direct-upload.ts";
import { ingest } from "./intake/ingest.ts";
import { listAssets, type AssetPage } from "./list-assets.ts";
import { listProjects, type Project, type ProjectRetention } from "./list-projects.ts";
import { readAsset } from "./read-asset.ts";
import { removeAssets } from "./remove-assets.ts";
import { cleanUp, type CleanUpOptions, type CleanUpReport } from "./retention/clean-up.ts";
import { sweep, type SweepReport } from "./retention/sweep.ts";
import { scanAsset, scanUnscanned } from "./scan-again.ts";
import { parseProject, parseTags, parseUpload, type UploadInput } from "./upload.ts";

/** Where a version's bytes are, and what they are. */
export interface LocatedVersion {
  readonly asset: Asset;
  readonly version: AssetVersion;
  readonly key: Key;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The pictures that were uploaded, their results, and what is known of them. */
export interface AssetLibrary {
  /** Takes a picture in: whole and recorded, or not at all. What is said of it may come after its body, as in a form. */
  ingest(
    upload: UploadInput | Promise<UploadInput>,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options?: CallOptions,
  ): Promise<Asset>;
  /** Everything known of a picture, or `asset.not_found`. */
  get(id: string): Promise<Asset>;
  list(query?: AssetQueryInput): Promise<AssetPage>;
  /** Finds one version, by default the original, that may be read; or `asset.quarantined`. */
  locate(id: string, number?: number): Promise<LocatedVersion>;
  /** Opens what {@link locate} found. */
  open(
    located: LocatedVersion,
    options?: CallOptions & { readonly range?: ByteRange },
  ): Promise<StoredContent>;
  /** Replaces the tags. */
  setTags(id: string, tags: readonly string[]): Promise<Asset>;
  /** Records finished files as versions, each with its recipe, and gives their numbers. */
  addVersions(
    id: string,
    results: readonly Result[],
    options?: AddVersionsOptions,
  ): Promise<readonly number[]>;
  /** Removes a picture with all its versions, or throws `asset.not_found`; bytes that others name stay. */
  delete(id: string): Promise<void>;
  /** Promises a place in the storage, which a client fills without us and then completes. */
  offerUpload(upload: DirectUploadInput): Promise<UploadOffer>;
  completeUpload(id: string, options?: CallOptions): Promise<Asset>;
  /** Every project that has pictures or rules of its own, by name. */
  projects(): Promise<readonly Project[]>;
  setRetention(project: string, retention: ProjectRetention): Promise<void>;
  /** Scans one picture, whatever was said of it before: an infected one goes. */
  scan(id: string, options?: CallOptions): Promise<ScanVerdict>;
  /** Scans again what came in without a verdict: infected pictures go. Gives how many have one now. */
  scanAgain(options?: CallOptions): Promise<number>;
  cleanUp(options?: CleanUpOptions): Promise<CleanUpReport>;
  /** Removes only what crashes left. */
  sweep(options?: Pick<CleanUpOptions, "abandonedMs">): Promise<SweepReport>;
}

/** Makes a library of pictures over a storage and a database. */
export function createAssetLibrary(given: AssetServices): AssetLibrary {
  const services = resolveServices(given);
  const { database, storage, scanning, now } = services;
  const { queries } = database;

  const library: AssetLibrary = {
    async ingest(upload, body, options) {
      const checked = upload instanceof Promise ? upload.then(parseUpload) : parseUpload(upload);
      // The body may fail first: then nobody waits for what is said of it.
      Promise.resolve(checked).catch(() => undefined);
      return readAsset(queries, await ingest(checked, body, services, options));
    },

    get: async (id) => readAsset(queries, id),
    list: async (query = {}) => listAssets(queries, query),

    async locate(id, number = originalNumber) {
      const asset = await readAsset(queries, id);
      const version = asset.versions.find((one) => one.number === number);
      const row = await queries
        .selectFrom("asset_versions")
        .innerJoin("blobs", "blobs.id", "asset_versions.blob_id")
        .select("blobs.key")
        .where("asset_id", "=", id)
        .where("number", "=", number)
        .executeTakeFirst();
      if (version === undefined || row === undefined) throw assetNotFound(id, number);
      const isKept = scanning !== undefined && scanning.quarantine !== false;
      if (asset.scan === "unscanned" && isKept) throw quarantined(id);
      return { asset, version, key: parseKey(row.key) };
    },

    open: async ({ key }, options) => storage.get(key, options),

    async setTags(id, tags) {
      const wanted = new Set(parseTags(tags));
      await withTransaction(queries, async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("assets")
          .set({ updated_at: now() })
          .where("id", "=", id)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw assetNotFound(id);
        await transaction.deleteFrom("asset_tags").where("asset_id", "=", id).execute();
        const rows = [...wanted].map((tag) => ({ asset_id: id, tag }));
        if (rows.length > 0) await transaction.insertInto("asset_tags").values(rows).execute();
      });
      return readAsset(queries, id);
    },

    addVersions: async (id, results, options) => addVersions(id, results, services, options),

    async delete(id) {
      if ((await removeAssets([id], services)) === 0) throw assetNotFound(id);
    },

    offerUpload: async (upload) => offerUpload(upload, services),

    async completeUpload(id, { signal } = {}) {
      return readAsset(queries, await completeUpload(id, services, signal));
    },

    projects: async () => listProjects(queries),

    async setRetention(project, { temporaryMs = null, outputsMs = null }) {
      const rule = { keep_temporary_ms: temporaryMs, keep_outputs_ms: outputsMs };
      await queries
        .insertInto("projects")
        .values({ name: parseProject(project), ...rule })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(rule))
        .execute();
    },

    scan: async (id, { signal } = {}) => scanAsset(id, services, signal),
    scanAgain: async ({ signal } = {}) => scanUnscanned(services, signal),
    cleanUp: async (options) => cleanUp(services, options),
    sweep: async (options) => sweep(services, options),
  };
  return library;
}
