import { randomUUID } from "node:crypto";

import { isTintypeError, TintypeError } from "@tintype/errors";
import { parseInput, pictureTypes } from "@tintype/image-core";
import { joinKey, parseKey, type UploadUrl } from "@tintype/storage";
import { z } from "zod";

import type { ResolvedServices } from "./asset-services.ts";
import { ingest } from "./intake/ingest.ts";
import { uploadSchema } from "./upload.ts";

/** What a client says of a file that it will put into the storage itself. */
export const directUploadSchema = uploadSchema.extend({
  // Until the upload is complete the storage may show the file under this type: never a page or a script.
  mediaType: z
    .enum(Object.values(pictureTypes) as [string])
    .describe("The type that it will be sent with."),
  bytes: z.int().min(1).describe("Its exact size."),
});

/** A direct upload, as a client may ask for it. */
export type DirectUploadInput = z.input<typeof directUploadSchema>;

/** A place in the storage for one file. */
export interface UploadOffer {
  /** Completes the upload, and is then the asset's id. */
  readonly id: string;
  readonly upload: UploadUrl;
  /** ISO 8601. */
  readonly expiresAt: string;
}

const expiresInSeconds = 60 * 60;

/** Promises a client a place in the storage, to put one file there without us. */
export async function offerUpload(
  input: DirectUploadInput,
  services: ResolvedServices,
): Promise<UploadOffer> {
  const { database, storage, prefix, limits, now } = services;
  const context = { what: "upload", code: "asset.invalid_upload" } as const;
  const { bytes, ...upload } = parseInput(directUploadSchema, input, context);
  if (bytes > limits.maxBytes) throw tooManyBytes(bytes, limits.maxBytes);
  const id = randomUUID();
  const key = joinKey(prefix, "incoming", id);
  const at = now();
  const expiresAt = at + expiresInSeconds * 1000;
  const offered = await storage.uploadUrl(key, {
    mediaType: upload.mediaType,
    bytes,
    expiresInSeconds,
  });
  await database.queries
    .insertInto("incoming_uploads")
    .values({ id, key, upload: JSON.stringify(upload), created_at: at, expires_at: expiresAt })
    .execute();
  return { id, upload: offered, expiresAt: new Date(expiresAt).toISOString() };
}

/** Takes in what a client put into its place: checked like any other upload. Once more is fine. */
export async function completeUpload(
  id: string,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<string> {
  const { database, storage } = services;
  const row = await database.queries
    .selectFrom("incoming_uploads")
    .select(["key", "upload"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return id;
  const key = parseKey(row.key);
  const { body } = await storage.get(key, { signal }).catch((error: unknown) => {
    throw isTintypeError(error) && error.code === "storage.not_found" ? notThere(id, error) : error;
  });
  await ingest(uploadSchema.parse(JSON.parse(row.upload)), body, services, { id, signal });
  // The row goes last: until then the sweeper knows of the object.
  await storage.delete(key);
  await database.queries.deleteFrom("incoming_uploads").where("id", "=", id).execute();
  return id;
}

function tooManyBytes(bytes: number, maxBytes: number): TintypeError {
  return new TintypeError({
    kind: "limit_exceeded",
    code: "image.too_many_bytes",
    message: `The file has ${bytes} bytes; at most ${maxBytes} are allowed.`,
    details: { bytes, maxBytes },
  });
}

function notThere(id: string, cause: unknown): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "asset.not_uploaded",
    message: "Nothing was put to the upload's address yet: put the file there, then complete it.",
    details: { id },
    cause,
  });
}
