import { randomUUID } from "node:crypto";

import { withTransaction } from "@tintype/database";
import { isTintypeError } from "@tintype/errors";
import { assertAdmitted } from "@tintype/scanner";
import { sha256Of } from "@tintype/storage";

import type { ResolvedServices } from "../asset-services.ts";
import type { ScanState } from "../asset.ts";
import type { HeldBlob } from "../blobs/blob-store.ts";
import { searchText, type Upload } from "../upload.ts";
import { assertAcceptable, extensionOf, inspectFile, type Inspection } from "./inspect-file.ts";
import { receiveFile, type ReceivedFile } from "./receive-file.ts";

const maxAttempts = 3;

/** How a picture is taken in. */
export interface IngestOptions {
  /** The asset's id; where one has it, that asset is the result. */
  readonly id?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Takes a picture in and gives its id: received, checked, scanned, stored, and then recorded, all or nothing. */
export async function ingest(
  given: Upload | Promise<Upload>,
  body: Uint8Array | ReadableStream<Uint8Array>,
  services: ResolvedServices,
  { id = randomUUID(), signal }: IngestOptions = {},
): Promise<string> {
  const { limits, gate, incomingFolder: folder } = services;
  await using file = await receiveFile(body, { folder, maxBytes: limits.maxBytes, signal });
  const upload = await given;
  await gate(async () => assertAcceptable(file.path, upload, limits));
  const scan = await scanned(file, services, signal);
  const inspection = await gate(async () => inspectFile(file.path, limits));
  signal?.throwIfAborted();
  for (let attempt = 1; ; attempt += 1) {
    const held = await hold(file, upload, inspection, services);
    try {
      await record({ id, upload, file, scan, inspection, held }, services);
    } catch (error) {
      // Somebody else's copy of the same bytes was deleted between the two: now they are put again.
      if (attempt < maxAttempts && isTintypeError(error) && error.code === "asset.try_again")
        continue;
      throw error;
    }
    // A copy that came second is not needed; where this fails, the sweeper does it.
    await services.blobs.erase(held.map((blob) => blob.id)).catch(() => 0);
    return id;
  }
}

async function scanned(
  file: ReceivedFile,
  { scanning }: ResolvedServices,
  signal: AbortSignal | undefined,
): Promise<ScanState> {
  if (scanning === undefined) return "off";
  const found = await scanning.scanner.scan(file.stream(), { signal });
  return assertAdmitted(found, scanning.mode).verdict;
}

/** Puts the original and the thumbnail into the storage, where they are not there yet. */
async function hold(
  file: ReceivedFile,
  { project }: Upload,
  { probe: { source }, thumbnail }: Inspection,
  { blobs, storage }: ResolvedServices,
): Promise<readonly [thumbnail: HeldBlob, original: HeldBlob]> {
  const original = await blobs.hold({
    ...file,
    project,
    extension: extensionOf(source.format),
    put: (key) => storage.put(key, file.stream(), { mediaType: source.mediaType }),
  });
  const { data, mediaType } = thumbnail;
  const small = await blobs.hold({
    sha256: await sha256Of(data),
    bytes: data.length,
    project,
    extension: extensionOf(thumbnail.format),
    put: (key) => storage.put(key, data, { mediaType }),
  });
  return [small, original];
}

interface Taken {
  readonly id: string;
  readonly upload: Upload;
  readonly file: ReceivedFile;
  readonly scan: ScanState;
  readonly inspection: Inspection;
  readonly held: readonly HeldBlob[];
}

/** Writes all records of a picture at once. */
async function record(
  { id, upload, file, scan, inspection, held }: Taken,
  { database, blobs, now }: ResolvedServices,
): Promise<void> {
  const { probe, facts, thumbnail } = inspection;
  const { format, mediaType, width, height } = probe.source;
  const [at, { name, project }] = [now(), upload];
  const file_ = { format, media_type: mediaType, width, height };
  await withTransaction(database.queries, async (transaction) => {
    const present = transaction.selectFrom("assets").select("id").where("id", "=", id);
    if ((await present.executeTakeFirst()) !== undefined) return;
    const [small = "", original = ""] = await blobs.attach(transaction, held);
    await transaction
      .insertInto("assets")
      .values({
        id,
        project,
        name,
        search_name: searchText(name),
        sha256: file.sha256,
        bytes: file.bytes,
        ...file_,
        metadata: JSON.stringify(probe),
        facts: JSON.stringify(facts),
        scan,
        temporary: upload.temporary ? 1 : 0,
        created_at: at,
        updated_at: at,
      })
      .execute();
    const version = { asset_id: id, recipe: null, created_at: at };
    const reduced = {
      format: thumbnail.format,
      media_type: thumbnail.mediaType,
      width: thumbnail.width,
      height: thumbnail.height,
    };
    await transaction
      .insertInto("asset_versions")
      .values([
        { ...version, ...reduced, number: 0, name: "thumbnail", blob_id: small },
        { ...version, ...file_, number: 1, name: "original", blob_id: original },
      ])
      .execute();
    const tags = [...new Set(upload.tags)].map((tag) => ({ asset_id: id, tag }));
    if (tags.length > 0) await transaction.insertInto("asset_tags").values(tags).execute();
  });
}
