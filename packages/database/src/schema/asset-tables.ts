/** The tables of the library of pictures. Times are ms since 1970; `Json` is text that holds JSON. */
export interface AssetTables {
  readonly projects: ProjectRow;
  readonly blobs: BlobRow;
  readonly assets: AssetRow;
  readonly asset_versions: AssetVersionRow;
  readonly asset_tags: AssetTagRow;
  readonly incoming_uploads: IncomingUploadRow;
}

/** A project that keeps some of its files shorter or longer than the settings say. */
export interface ProjectRow {
  readonly name: string;
  readonly keep_temporary_ms: number | null;
  readonly keep_outputs_ms: number | null;
}

/** Bytes in the storage. Its row is there before them and goes after them, so that none are ever lost from sight. */
export interface BlobRow {
  readonly id: string;
  /** In hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly key: string;
  /** `writing` until the bytes are whole, `stored` while a version may name them, `deleting` until they are gone. */
  readonly state: "writing" | "stored" | "deleting";
  readonly changed_at: number;
}

/** A picture that was uploaded, with what is known of its original. */
export interface AssetRow {
  readonly id: string;
  readonly project: string;
  /** For people: never a path. */
  readonly name: string;
  /** The name in lower case, for searching. */
  readonly search_name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
  readonly media_type: string;
  readonly width: number;
  readonly height: number;
  /** Json: what the header says besides, EXIF, IPTC and XMP. */
  readonly metadata: string;
  /** Json: colors and placeholders. */
  readonly facts: string;
  readonly scan: "off" | "clean" | "unscanned";
  /** 1 where retention may remove the asset. */
  readonly temporary: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** One file of an asset: 0 is its thumbnail, 1 its original, and each result of processing has the next number. */
export interface AssetVersionRow {
  readonly asset_id: string;
  readonly number: number;
  readonly blob_id: string;
  /** What the request called the result. */
  readonly name: string;
  readonly format: string;
  readonly media_type: string;
  readonly width: number;
  readonly height: number;
  /** Json: how the result was made. */
  readonly recipe: string | null;
  /** The job that made it, which makes it once. */
  readonly job_id: string | null;
  readonly created_at: number;
}

/** A word that an asset is found by. */
export interface AssetTagRow {
  readonly asset_id: string;
  readonly tag: string;
}

/** A place in the storage that was promised to a client, until it says that its bytes are there. */
export interface IncomingUploadRow {
  readonly id: string;
  readonly key: string;
  /** Json: what the client said of the file. */
  readonly upload: string;
  readonly created_at: number;
  readonly expires_at: number;
}
