import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { controlOf } from "./control-of.ts";
import { firstValue } from "./first-value.ts";
import type { OptionSchema } from "./option-schema.ts";

test.each([
  [{ type: "boolean" }, "switch"],
  [{ enum: ["a", "b"] }, "choice"],
  [{ type: "integer", minimum: 1, maximum: 100 }, "slider"],
  [{ type: "integer", minimum: 1 }, "number"],
  [{ type: "string", format: "color" }, "color"],
  [{ type: "string" }, "text"],
  [{ type: "array", items: { type: "string", enum: ["a"] } }, "choices"],
  [{ type: "array", items: { type: "number" } }, "list"],
  [{ type: "object", properties: {} }, "group"],
  [{ anyOf: [{ type: "boolean" }, { type: "string" }] }, "either"],
] satisfies readonly (readonly [OptionSchema, string])[])(
  "the control of %j is a %s",
  (schema, kind) => {
    expect(controlOf(schema).kind).toBe(kind);
  },
);

/** Every schema of the API's own document: none is too strange for a control. */
const schemas = Object.values(
  (
    JSON.parse(readFileSync(new URL("../../../../docs/openapi.json", import.meta.url), "utf8")) as {
      components: { schemas: Readonly<Record<string, OptionSchema>> };
    }
  ).components.schemas,
);

/** A schema with all that it holds. */
function withInner(schema: OptionSchema): readonly OptionSchema[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [schema, ...inner.flatMap(withInner)];
}

const all = schemas.flatMap(withInner);

test("the first value of a number lies in its range", () => {
  const numbers = all.filter((schema) => typeof firstValue(schema) === "number");
  const outside = numbers.filter((schema) => {
    const value = Number(firstValue(schema));
    return value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity);
  });
  expect(numbers.length).toBeGreaterThan(100);
  expect(outside).toEqual([]);
});

test("the first value of a choice is one of it", () => {
  const choices = all.filter((schema) => schema.enum !== undefined);
  const strange = choices.filter(
    (schema) => !schema.enum?.includes(firstValue(schema) as string | number),
  );
  expect(choices.length).toBeGreaterThan(20);
  expect(strange).toEqual([]);
});
