import type { AssetLibrary } from "@tintype/assets";
import type { ResultCache } from "@tintype/delivery";

/** A library that has what was made of a picture and kept go with it. */
export function withForgottenResults(
  library: AssetLibrary,
  cache: ResultCache | undefined,
): AssetLibrary {
  if (!cache) return library;
  return {
    ...library,
    async delete(id) {
      const { versions } = await library.get(id);
      await library.delete(id);
      // Nobody is led to what can't be removed now, and it goes by its age.
      await Promise.allSettled(versions.map(async ({ sha256 }) => cache.invalidate(sha256)));
    },
  };
}
