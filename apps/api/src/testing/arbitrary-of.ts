import * as fc from "fast-check";

/** As much of JSON Schema as the OpenAPI document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly examples?: readonly unknown[];
}

/** Schemas by name, as `#/components/schemas/NAME` refers to them. */
export type JsonSchemas = Readonly<Record<string, JsonSchema>>;

const deepest = 6;

/** Texts on which parsers of all kinds have stumbled. */
const hostileTexts = [
  "",
  " ",
  "\0",
  "../../etc/passwd",
  "%2e%2e%2f",
  "__proto__",
  "constructor",
  "-0",
  "1e999",
  "'; drop table jobs; --",
  "<svg onload=alert(1)>",
  "http://169.254.169.254/",
  "file:///etc/passwd",
  "data:image/png;base64,AAAA",
  "\u202Etxt.gpj",
  "𝕳".repeat(300),
  "#ff0000",
  "auto",
] as const;

/** Values as a schema asks for, in which now and then one is of another kind altogether. */
export function arbitraryOf(schema: JsonSchema, schemas: JsonSchemas): fc.Arbitrary<unknown> {
  return valueOf(schema, schemas, 0);
}

function valueOf(schema: JsonSchema, schemas: JsonSchemas, depth: number): fc.Arbitrary<unknown> {
  const next = (inner: JsonSchema) => valueOf(inner, schemas, depth + 1);
  const wanted = (): fc.Arbitrary<unknown> => {
    if (depth > deepest) return fc.constant(null);
    if (schema.$ref !== undefined)
      return valueOf(schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, schemas, depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
    if (choices) return fc.oneof(...choices.map(next));
    return ofType(schema, next);
  };
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant(0).chain(wanted) },
    { weight: 1, arbitrary: fc.oneof(fc.constantFrom(...hostileTexts), fc.jsonValue()) },
  );
}

function ofType(
  schema: JsonSchema,
  next: (inner: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { minimum: min = -10, maximum: max = 5000 } = schema;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return objectOf(schema, next);
    case "array":
      return schema.prefixItems
        ? fc.tuple(...schema.prefixItems.map(next))
        : fc.array(next(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case "integer":
      return fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) });
    case "number":
      return fc.double({ min, max, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "string":
      return fc.oneof(fc.constantFrom(...hostileTexts, ...(schema.examples ?? [])), fc.string());
    default:
      return fc.jsonValue();
  }
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  next: (inner: JsonSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  if (Object.keys(properties).length === 0)
    return fc.dictionary(
      fc.constantFrom(...hostileTexts),
      typeof additionalProperties === "object" ? next(additionalProperties) : fc.jsonValue(),
      { maxKeys: 3 },
    );
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, next(inner)]),
  );
  // Optional ones each come half of the time; a required one is left out now and then.
  return fc.oneof(
    { weight: 9, arbitrary: fc.record(fields, { requiredKeys: [...required] }) },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
  );
}
