import type { SourceImage } from "@tintype/image-core";

import type { FileOptions } from "../dialect/processing-options.ts";

/** What a client reads besides what every program reads, as far as the server writes it. */
export interface AcceptedFormats {
  readonly avif: boolean;
  readonly webp: boolean;
}

/** The call of an exporter. */
export type OutputCall = { readonly format: string } & Readonly<Record<string, unknown>>;

/** Formats whose quality can be set. */
const lossy: ReadonlySet<string> = new Set(["jpeg", "webp", "avif", "auto"]);
/** Formats that can hold metadata. */
const describable: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "avif", "auto"]);

/** The format of a file, by what the address, the client and the source say, and what is set in it. */
export function planOutput(
  file: FileOptions,
  source: SourceImage,
  accepted: AcceptedFormats,
  { transparent }: { readonly transparent: boolean },
): OutputCall {
  const format = file.format ?? usualFormat(source, accepted, transparent);
  const quality = file.quality || file.formatQuality[format];
  return {
    format,
    ...(lossy.has(format) && quality !== undefined && { quality }),
    ...(lossy.has(format) && file.maxBytes > 0 && { maxBytes: file.maxBytes }),
    ...(describable.has(format) && keptMetadata(file, source)),
  };
}

/** The client's best, then the source's own where every program opens it, then what holds the picture. */
function usualFormat(
  { source: { format }, animation }: SourceImage,
  { avif, webp }: AcceptedFormats,
  transparent: boolean,
): string {
  if (avif && !animation) return "avif";
  if (webp) return "webp";
  if (format === "jpeg" || format === "png" || format === "gif") return format;
  if (animation) return "gif";
  return transparent ? "png" : "jpeg";
}

/** What of the source's metadata goes into the file; left out where it has none, as some files are then written faster. */
function keptMetadata(
  { stripMetadata, keepCopyright, stripColorProfile }: FileOptions,
  { metadata: { exif, xmp } }: SourceImage,
): object {
  const described = exif !== undefined || xmp !== undefined;
  const keep = [
    ...(described && !stripMetadata ? ["all"] : []),
    ...(described && stripMetadata && keepCopyright ? ["copyright"] : []),
    ...(stripColorProfile ? [] : ["icc"]),
  ];
  return keep.length === 0 ? {} : { keep };
}

/** Which of the formats that are offered a client names in its Accept header; a wildcard names none. */
export function acceptedBy(accept = "", offered: AcceptedFormats): AcceptedFormats {
  const names = (type: string) =>
    accept.split(",").some((range) => {
      const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      return name === type && !parameters.some((part) => /^q=0(?:\.0*)?$/u.test(part));
    });
  return {
    avif: offered.avif && names("image/avif"),
    webp: offered.webp && names("image/webp"),
  };
}
