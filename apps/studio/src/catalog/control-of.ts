import type { OptionSchema } from "./option-schema.ts";

/** How somebody sets an option: what its schema asks for. */
export type Control =
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly values: readonly (string | number)[] }
  | { readonly kind: "compass"; readonly values: readonly string[] }
  | { readonly kind: "choices"; readonly values: readonly string[] }
  | { readonly kind: "color" }
  | { readonly kind: "slider"; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: "number"; readonly min?: number; readonly max?: number; readonly step: number }
  | { readonly kind: "text"; readonly suggestions: readonly string[]; readonly isLong: boolean }
  | { readonly kind: "group"; readonly properties: Readonly<Record<string, OptionSchema>> }
  | { readonly kind: "list"; readonly item: OptionSchema; readonly minItems: number }
  | { readonly kind: "either"; readonly options: readonly OptionSchema[] };

/** Ranges up to this many steps are easier to slide through than to type. */
const maxSlots = 1000;

/** The control that suits a schema. */
export function controlOf(schema: OptionSchema): Control {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return { kind: "either", options };
  if (schema.enum) {
    const values = schema.enum;
    if (isCompass(values)) return { kind: "compass", values };
    return { kind: "choice", values };
  }
  switch (schema.type) {
    case "boolean":
      return { kind: "switch" };
    case "integer":
    case "number":
      return numberControl(schema);
    case "array":
      return listControl(schema);
    case "object":
      return { kind: "group", properties: schema.properties ?? {} };
    default:
      return schema.format === "color"
        ? { kind: "color" }
        : {
            kind: "text",
            suggestions: (schema.examples ?? []).map(String),
            isLong: (schema.maxLength ?? 0) >= 200,
          };
  }
}

function isCompass(values: readonly unknown[]): values is readonly string[] {
  return values.length === 9 && values.includes("center") && values.includes("northeast");
}

function numberControl(schema: OptionSchema): Control {
  const { type, maximum: max } = schema;
  const min = schema.minimum ?? schema.exclusiveMinimum;
  const isWhole = type === "integer";
  if (min !== undefined && max !== undefined) {
    const step = isWhole ? 1 : max - min <= 2 ? 0.01 : max - min <= 20 ? 0.1 : 1;
    if ((max - min) / step <= maxSlots) return { kind: "slider", min, max, step };
  }
  const step = isWhole ? 1 : 0.01;
  return {
    kind: "number",
    step,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function listControl({ items = {}, minItems = 0 }: OptionSchema): Control {
  return items.enum && items.type === "string"
    ? { kind: "choices", values: items.enum as readonly string[] }
    : { kind: "list", item: items, minItems };
}
