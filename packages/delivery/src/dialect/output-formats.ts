/** The exporters, by the names that an address may give them; `svg` is only for sources that are SVG already. */
export const outputFormats: Readonly<Record<string, string>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  png: "png",
  webp: "webp",
  avif: "avif",
  gif: "gif",
  tiff: "tiff",
  tif: "tiff",
  bmp: "bmp",
  ico: "ico",
  svg: "svg",
  heic: "heic",
  best: "auto",
  auto: "auto",
};
