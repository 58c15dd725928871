import type { OptionSchema, Options } from "./option-schema.ts";

/** Options for a picture that was reduced by a factor: every length in px shrinks along, within its range. */
export function scaleOptions(schema: OptionSchema, options: Options, factor: number): Options {
  return scaleValue(schema, options, factor) as Options;
}

function scaleValue(schema: OptionSchema, value: unknown, factor: number): unknown {
  if (typeof value === "number" && schema.unit === "px") return scaleLength(schema, value, factor);
  if (Array.isArray(value)) {
    return value.map((item) => scaleValue(schema.items ?? {}, item, factor));
  }
  if (typeof value !== "object" || value === null) return value;
  const given = value as Options;
  // A default is a length as well: left out, it would stay as long as on the whole picture.
  const defaults = Object.entries(schema.properties ?? {}).filter(
    ([name, option]) =>
      option.unit === "px" && typeof option.default === "number" && !(name in given),
  );
  const spelled = {
    ...Object.fromEntries(defaults.map(([name, option]) => [name, option.default])),
    ...given,
  };
  return Object.fromEntries(
    Object.entries(spelled).map(([name, inner]) => [
      name,
      scaleValue(schema.properties?.[name] ?? {}, inner, factor),
    ]),
  );
}

function scaleLength(schema: OptionSchema, value: number, factor: number): number {
  const scaled = value * factor;
  const whole = schema.type === "integer" ? Math.round(scaled) : scaled;
  const min = schema.minimum ?? -Infinity;
  return value === 0 ? 0 : Math.min(Math.max(whole, min), schema.maximum ?? Infinity);
}
