import { declare } from "@tintype/image-core";
import type { z } from "zod";

import type { AnyExporter } from "./any-exporter.ts";

/** The same format, whose options have other values where a call leaves them out; throws for a value that the option does not take. */
export function withDefaults(
  exporter: AnyExporter,
  defaults: Readonly<Record<string, unknown>>,
): AnyExporter {
  const shape = exporter.options.shape as Readonly<Record<string, z.ZodType>>;
  const changed = Object.entries(defaults).map(([name, value]) => {
    const option = shape[name];
    if (option === undefined) throw new Error(`${exporter.name} has no option "${name}"`);
    const renewed = option.default(option.parse(value));
    return [name, renewed.describe(option.description ?? "")] as const;
  });
  const options = exporter.options.safeExtend(Object.fromEntries(changed));
  return declare({ ...exporter, name: exporter.name, options });
}
