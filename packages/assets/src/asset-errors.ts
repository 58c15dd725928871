import { TintypeError } from "@tintype/errors";

/** The error for an id, or a version's number, that names nothing. */
export function assetNotFound(id: string, version?: number): TintypeError {
  return new TintypeError({
    kind: "not_found",
    code: version === undefined ? "asset.not_found" : "asset.no_such_version",
    message:
      version === undefined
        ? "There is no picture of this id: it may have been deleted."
        : `The picture has no version ${version}: its info lists those that it has.`,
    details: version === undefined ? { id } : { id, version },
  });
}

/** The error for a picture whose type is not the one that its sender named. */
export function mislabelled(declared: string, mediaType: string): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "asset.mislabelled",
    message: `The file was sent as another type but is ${mediaType}. Send its right type, or none.`,
    details: { declared, mediaType },
  });
}

/** The error for a picture that may not be handed out before it was scanned. */
export function quarantined(id: string): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "asset.quarantined",
    message: "The picture was not scanned for malware yet and can't be read until it was.",
    details: { id },
    retryable: true,
  });
}
