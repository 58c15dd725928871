import { TintypeError } from "@tintype/errors";

import type { Key } from "./key.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { ObjectAttributes, PutOptions } from "./storage.ts";

// The limit of S3, which counts names and values.
const maxMetadataBytes = 2048;

const isHeaderText = (text: string): boolean => /^[\x20-\x7e]{1,1024}$/.test(text);
const isMediaType = (text: string): boolean =>
  isHeaderText(text) && /^[\w.+-]+\/[\w.+-]+(?: *; *[\w.+-]+=(?:[\w.+-]+|"[^"\\]*"))*$/.test(text);

/** What a put's options say about the object, the media type filled in; throws `storage.invalid_attribute` for what could not be sent in a header. */
export function parseAttributes(key: Key, options: PutOptions): ObjectAttributes {
  const { mediaType = mediaTypeOf(key), metadata = {}, cacheControl, contentDisposition } = options;
  if (!isMediaType(mediaType)) throw invalid("mediaType", "is no media type such as image/png");
  for (const [name, text] of Object.entries({ cacheControl, contentDisposition })) {
    if (text !== undefined && !isHeaderText(text))
      throw invalid(name, "must be 1 to 1,024 characters of ASCII on one line");
  }
  checkMetadata(metadata);
  return {
    mediaType,
    metadata: { ...metadata },
    ...(cacheControl === undefined ? {} : { cacheControl }),
    ...(contentDisposition === undefined ? {} : { contentDisposition }),
  };
}

function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(metadata)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    // Names travel as header names, which lose their case on the way.
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
      throw invalid("metadata", "must have names of a-z, 0-9 and hyphens");
    if (!value.isWellFormed() || /\p{Cc}/u.test(value))
      throw invalid("metadata", "must have values without control characters");
  }
  if (bytes > maxMetadataBytes)
    throw invalid("metadata", "must not be longer than 2,048 bytes, names included");
}

function invalid(attribute: string, problem: string): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "storage.invalid_attribute",
    message: `The ${attribute} of a stored object ${problem}.`,
    details: { attribute },
  });
}
