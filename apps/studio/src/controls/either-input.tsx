import { firstValue } from "../catalog/first-value.ts";
import type { OptionSchema } from "../catalog/option-schema.ts";
import { texts } from "../texts.ts";
import type { DrawControl } from "./control-props.ts";
import { titleOf } from "./title-of.ts";

interface EitherProps {
  readonly draw: DrawControl;
  readonly id: string;
  readonly label: string;
  readonly options: readonly OptionSchema[];
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** A value of one of several shapes: which one, and then the value. */
export function EitherInput({ draw: Draw, id, label, options, value, onChange }: EitherProps) {
  const chosen = Math.max(
    0,
    options.findIndex((option) => accepts(option, value)),
  );
  const schema = options[chosen] ?? {};
  return (
    <div class="either">
      <select
        aria-label={texts.kindOf(label)}
        value={chosen}
        onChange={({ currentTarget }) =>
          onChange(firstValue(options[currentTarget.selectedIndex] ?? {}))
        }
      >
        {options.map((option, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- shapes never move
          <option key={index} value={index}>
            {shapeName(option)}
          </option>
        ))}
      </select>
      <Draw {...{ id, label, schema, value, onChange }} />
    </div>
  );
}

function accepts(schema: OptionSchema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value as string);
  if (schema.type === "integer") return typeof value === "number";
  if (schema.type === "array") return Array.isArray(value);
  if (schema.type !== typeof value || value === null) return false;
  return (schema.required ?? []).every((name) => name in Object(value));
}

function shapeName({ const: constant, type, required }: OptionSchema): string {
  if (constant !== undefined) return titleOf(`${constant as string | number}`);
  return titleOf(type === "object" && required?.length ? required.join(", ") : (type ?? ""));
}
