import type { AssetLibrary } from "@tintype/assets";
import type { Settings } from "@tintype/config";
import type { ClientHints, Delivery } from "@tintype/delivery";

/** A library that has images made of each picture as it comes in, behind the answer to its upload. */
export function withBuildAhead(
  library: AssetLibrary,
  delivery: Delivery,
  { imageUrls }: Settings,
): AssetLibrary {
  const { buildAhead, avif, webp } = imageUrls;
  if (buildAhead.length === 0) return library;
  const clients: ClientHints[] = [
    {},
    ...(webp ? [{ accept: "image/webp" }] : []),
    ...(avif ? [{ accept: "image/avif,image/webp" }] : []),
  ];
  const build = (id: string) => {
    // Whoever asks for an image that could not be made ahead has it made then, and is told why not.
    delivery.buildAhead(`asset://${id}`, buildAhead, clients).catch(() => undefined);
  };
  return {
    ...library,
    async ingest(...upload) {
      const asset = await library.ingest(...upload);
      build(asset.id);
      return asset;
    },
    async completeUpload(...upload) {
      const asset = await library.completeUpload(...upload);
      build(asset.id);
      return asset;
    },
  };
}
