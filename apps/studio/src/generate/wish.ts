import { computed } from "@preact/signals";

import { catalog } from "../catalog/catalog.ts";
import type { OptionSchema, Options } from "../catalog/option-schema.ts";
import { storedSignal } from "../stored-signal.ts";

/** A picture of the library that is shown to the generator. */
export interface Reference {
  readonly id: string;
  readonly name: string;
}

/** What somebody wants to see. */
export interface Wish {
  readonly prompt: string;
  readonly options: Options;
  readonly references: readonly Reference[];
}

/** The wish that is being written; it outlives a reload. */
export const wish = storedSignal<Wish>(
  "wish",
  { prompt: "", options: { count: 2 }, references: [] },
  (kept): kept is Wish => {
    const { prompt, options, references } = Object(kept) as Partial<Wish>;
    return typeof prompt === "string" && typeof options === "object" && Array.isArray(references);
  },
);

/** What has a place of its own on the page, or is for programs. */
const elsewhere: ReadonlySet<string> = new Set(["prompt", "references", "base", "template"]);
const usually = ["count", "size", "width", "height", "theme", "quality", "brand"];

/** What a wish may say besides its words and pictures, as the server declares it: what most say, and the rest; undefined until the server said so. */
export const wishSchemas = computed((): readonly [OptionSchema, OptionSchema] | undefined => {
  const known = catalog.value?.generation;
  if (known === undefined) return undefined;
  const isCustom = wish.value.options["size"] === "custom";
  const properties = Object.entries(known.schema.properties ?? {})
    .filter(([name]) => !elsewhere.has(name) && (isCustom || !isSide(name)))
    .map(([name, option]): [string, OptionSchema] => {
      if (name === "generator") return [name, { ...option, enum: known.generators }];
      return isSide(name) ? [name, { ...option, default: 1024 }] : [name, option];
    })
    .toSorted(([a], [b]) => rank(a) - rank(b));
  const [usual = [], rest = []] = [true, false].map((isUsual) =>
    properties.filter(([name]) => rank(name) < usually.length === isUsual),
  );
  return [objectOf(usual), objectOf(rest)];
});

/** A wish's options as the server takes them: both sides of a custom size, and none of another. */
export function optionsOf({ options }: Wish): Options {
  const { width, height, ...rest } = options;
  return rest["size"] === "custom"
    ? { ...rest, width: width ?? 1024, height: height ?? 1024 }
    : rest;
}

function isSide(name: string): boolean {
  return name === "width" || name === "height";
}

function rank(name: string): number {
  const place = usually.indexOf(name);
  return place === -1 ? usually.length : place;
}

function objectOf(properties: readonly (readonly [string, OptionSchema])[]): OptionSchema {
  return { type: "object", properties: Object.fromEntries(properties) };
}
