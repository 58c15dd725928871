/** The TypeScript types of an OpenAPI document's schemas, for those who call the service from a page. */

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
}

/** Renders every schema that some of them, by their names, lead to; in the document's order. */
export function renderSchemaTypes(
  document: { readonly components: { readonly schemas: Readonly<Record<string, Schema>> } },
  names: readonly string[],
): string {
  const { schemas } = document.components;
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const [, other = ""] of JSON.stringify(schemas[name]).matchAll(/schemas\/(\w+)"/gu))
      reach(other);
  };
  for (const name of names) reach(name);
  return Object.entries(schemas)
    .filter(([name]) => reached.has(name))
    .map(([name, schema]) => `${comment(schema)}export type ${name} = ${typeOf(schema)};\n`)
    .join("\n");
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) as string;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return union(options.map(typeOf));
  if (schema.allOf && !schema.type) return schema.allOf.map(typeOf).join(" & ");
  if (typeof schema.type === "object")
    return union(schema.type.map((type) => typeOf({ ...schema, type })));
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return schema.prefixItems
        ? `readonly [${schema.prefixItems.map(typeOf).join(", ")}]`
        : `readonly (${typeOf(schema.items ?? {})})[]`;
    case "object":
      return objectType(schema);
    default:
      return "unknown";
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  const lines = Object.entries(properties ?? {}).map(([name, schema]) => {
    const mark = required.includes(name) ? "" : "?";
    return `${comment(schema)}readonly ${JSON.stringify(name)}${mark}: ${typeOf(schema)};`;
  });
  // Named fields beside unnamed ones of another type have no type in TypeScript.
  if (typeof additionalProperties === "object" && lines.length === 0)
    return `Readonly<Record<string, ${typeOf(additionalProperties)}>>`;
  return `{\n${lines.join("\n")}\n}`;
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(" | ");
}

function comment({ description }: Schema): string {
  return description === undefined ? "" : `/** ${description.replaceAll("*/", "*​/")} */\n`;
}
