import type { Settings } from "@tintype/config";
import { withDefaults } from "@tintype/exporters";
import { createRegistry } from "@tintype/image-core";
import { builtInRegistries, type Registries } from "@tintype/pipeline";

/** All that comes with Tintype, whose formats do what settings ask for where a request does not say. */
export function createRegistries({ formats }: Settings): Registries {
  const defaults: Readonly<Record<string, Readonly<Record<string, number | undefined>>>> = {
    jpeg: { quality: formats.jpegQuality },
    webp: { quality: formats.webpQuality },
    png: { compressionLevel: formats.pngCompression },
  };
  const { all } = builtInRegistries.exporters;
  const changed = all.map((exporter) => {
    const set = Object.entries(defaults[exporter.name] ?? {}).filter(
      ([, value]) => value !== undefined,
    );
    return set.length === 0 ? exporter : withDefaults(exporter, Object.fromEntries(set));
  });
  const isChanged = changed.some((exporter, index) => exporter !== all[index]);
  return isChanged
    ? { ...builtInRegistries, exporters: createRegistry("format", changed) }
    : builtInRegistries;
}
