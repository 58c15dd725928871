import { signal } from "@preact/signals";

import type { Catalog } from "../api/answers.ts";
import { requestJson } from "../api/request.ts";
import type { OptionSchema, Options } from "./option-schema.ts";

/** A step or a format as it declares itself. */
export interface Declared {
  readonly name: string;
  readonly summary: string;
  readonly schema: OptionSchema;
  readonly examples: readonly Options[];
}

/** A preset, and what it stands for. */
export type DeclaredPreset = Catalog["presets"][number];

/** Everything that a recipe may name. */
export interface KnownCatalog {
  readonly steps: readonly Declared[];
  readonly formats: readonly (Declared & {
    readonly mediaType: string;
    readonly alpha: boolean;
  })[];
  readonly presets: readonly DeclaredPreset[];
  readonly generation: { readonly schema: OptionSchema; readonly generators: readonly string[] };
}

/** What the server declares; undefined until it said so. */
export const catalog = signal<KnownCatalog | undefined>(undefined);

/** Asks the server once. */
export async function loadCatalog(): Promise<void> {
  catalog.value ??= (await requestJson<Catalog>("/api/v1/catalog")) as unknown as KnownCatalog;
}
