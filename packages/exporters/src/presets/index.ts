import { createRegistry, type Registry } from "@tintype/image-core";

import type { Preset } from "../define-preset.ts";
import { dallE, sora, stableDiffusion } from "./generated.ts";
import { product } from "./product.ts";
import { thumbnail } from "./thumbnail.ts";

/** A preset of any name and options. */
export type AnyPreset = Omit<Preset, "content"> & {
  readonly content: (options: never) => ReturnType<Preset["content"]>;
};

/** Presets by name. */
export type PresetRegistry = Registry<AnyPreset>;

/** Every built-in preset, in the order in which reference pages list them. */
const presets = [product, thumbnail, dallE, sora, stableDiffusion] as const;

/** The presets that come with Tintype; `createRegistry("preset", [...builtInPresets.all, mine])` adds to them. */
export const builtInPresets: PresetRegistry = createRegistry(
  "preset",
  presets as readonly unknown[] as readonly AnyPreset[],
);
