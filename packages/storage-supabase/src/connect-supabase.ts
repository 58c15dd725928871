import { StorageClient } from "@supabase/storage-js";

import type { SupabaseStorageOptions } from "./supabase-storage.ts";

/** The SDK's client and the options of `createSupabaseStorage` for a project. */
export function connectSupabase(connection: {
  /** The project's address, such as `https://abc.supabase.co`. */
  readonly url: string;
  /** A key that may read and write the bucket. */
  readonly serviceKey: string;
  readonly bucket: string;
}): SupabaseStorageOptions {
  const { url, serviceKey, bucket } = connection;
  const headers = { apikey: serviceKey, authorization: `Bearer ${serviceKey}` };
  return { client: new StorageClient(`${url}/storage/v1`, headers), bucket };
}
