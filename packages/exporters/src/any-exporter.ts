import type { Exporter } from "./define-exporter.ts";

/** An exporter of any name and options. */
// The options of an exporter stand in a position where only `never` fits them all.
export type AnyExporter = Omit<Exporter, "encode" | "write" | "choose"> &
  Pick<Exporter<string, never>, "encode" | "write" | "choose">;
