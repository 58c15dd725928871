import type { Key } from "./key.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  ico: "image/x-icon",
  jp2: "image/jp2",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  jxl: "image/jxl",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  tif: "image/tiff",
  tiff: "image/tiff",
  txt: "text/plain; charset=utf-8",
  webp: "image/webp",
};

/** The media type that a key's extension stands for, or `application/octet-stream`. */
export function mediaTypeOf(key: Key): string {
  const extension = /\.([a-z0-9]+)$/i.exec(key)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(mediaTypes, extension)
    ? (mediaTypes[extension] as string)
    : "application/octet-stream";
}
