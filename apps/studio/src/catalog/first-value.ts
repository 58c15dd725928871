import type { OptionSchema } from "./option-schema.ts";

/** A value that a schema accepts, to begin with: its default, or the plainest there is. */
export function firstValue(schema: OptionSchema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const options = schema.anyOf ?? schema.oneOf;
  if (options?.[0]) return firstValue(options[0]);
  switch (schema.type) {
    case "boolean":
      return false;
    case "integer":
    case "number":
      return Math.min(Math.max(0, schema.minimum ?? 0), schema.maximum ?? Infinity);
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => firstValue(schema.items ?? {}));
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, firstValue(schema.properties?.[name] ?? {})]),
      );
    default:
      return schema.examples?.[0] ?? "";
  }
}
