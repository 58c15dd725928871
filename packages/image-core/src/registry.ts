import { TintypeError } from "@tintype/errors";
import { z } from "zod";

import type { Declaration } from "./declaration.ts";

/** Declared things by name, and the schema of their plain data. */
export interface Registry<D extends Declaration = Declaration> {
  readonly all: readonly D[];
  /** Parses plain data, such as `{ step: "resize", width: 800 }`, and fills in defaults. */
  readonly schema: z.ZodType<ParsedCall<D["kind"]>, Record<string, unknown>>;
  /** The declaration of that name; throws `invalid_input` with the known names otherwise. */
  get(name: string): D;
}

/** Plain data after parsing: the name under its kind, and every option with its default. */
export type ParsedCall<Kind extends string> = Readonly<Record<Kind, string>> &
  Readonly<Record<string, unknown>>;

/** Gathers declarations of one kind, built in or a user's own, so that they can be parsed and looked up. */
export function createRegistry<Kind extends string, D extends Declaration<Kind>>(
  kind: Kind,
  declarations: readonly D[],
): Registry<D> {
  const byName = new Map<string, D>();
  for (const declaration of declarations) {
    if (byName.has(declaration.name)) {
      throw new Error(`two declarations of the ${kind} "${declaration.name}"`);
    }
    byName.set(declaration.name, declaration);
  }
  const unknown = (name: unknown) =>
    `Unknown ${kind} ${JSON.stringify(name)}. Known: ${[...byName.keys()].join(", ")}.`;
  const members = declarations.map(({ name, summary, options }) =>
    options
      .safeExtend({ [kind]: z.literal(name) })
      .meta({ id: schemaName(kind, name), description: summary }),
  );
  const schema = z.discriminatedUnion(kind, members as unknown as [z.ZodObject], {
    error: (issue) =>
      issue.code === "invalid_union"
        ? unknown((issue.input as Record<string, unknown>)[kind])
        : undefined,
  });
  return {
    all: declarations,
    schema: schema as unknown as Registry<D>["schema"],
    get(name) {
      const found = byName.get(name);
      if (found) return found;
      throw new TintypeError({
        kind: "invalid_input",
        code: `${kind}.unknown`,
        message: unknown(name),
        details: { [kind]: name, known: [...byName.keys()] },
      });
    },
  };
}

/** `step`, `auto-crop` → `AutoCropStep`: how JSON Schema and OpenAPI call the thing. */
function schemaName(kind: string, name: string): string {
  return [...name.split("-"), kind].map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
}
