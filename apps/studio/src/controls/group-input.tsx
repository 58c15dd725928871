import { Plus, X } from "lucide";
import { useId } from "preact/hooks";

import { firstValue } from "../catalog/first-value.ts";
import type { OptionSchema, Options } from "../catalog/option-schema.ts";
import { texts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import type { DrawControl } from "./control-props.ts";
import { titleOf } from "./title-of.ts";

interface GroupProps {
  readonly draw: DrawControl;
  readonly label: string;
  readonly schema: OptionSchema;
  readonly value: Options;
  readonly onChange: (value: Options) => void;
}

/** Several options, one below the other; those without a default can be left out. */
export function GroupInput({ draw, label, schema, value, onChange }: GroupProps) {
  const { properties = {}, required = [] } = schema;
  return (
    <div class="options" role="group" aria-label={label}>
      {Object.entries(properties).map(([name, option]) => (
        <OptionRow
          key={name}
          {...{ draw, name, option }}
          value={value[name]}
          isRequired={required.includes(name)}
          onChange={(next) => {
            const { [name]: _before, ...rest } = value;
            onChange(next === undefined ? rest : { ...value, [name]: next });
          }}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly draw: DrawControl;
  readonly name: string;
  readonly option: OptionSchema;
  readonly value: unknown;
  readonly isRequired: boolean;
  readonly onChange: (value: unknown) => void;
}

function OptionRow({ draw: Draw, name, option, value, isRequired, onChange }: RowProps) {
  const id = useId();
  const title = titleOf(name);
  const isOptional = option.default === undefined && !isRequired;
  const isSet = value !== undefined || !isOptional;
  const isBlock = option.type === "object" || option.type === "array";
  return (
    <div class={isBlock && isSet ? "option block" : "option"} title={option.description}>
      <label for={isSet ? id : undefined} class={value === undefined ? "quiet" : ""}>
        {title}
      </label>
      {isSet ? (
        <Draw {...{ id, value, onChange }} label={title} schema={option} />
      ) : (
        <button
          type="button"
          class="unset"
          aria-label={texts.recipe.set(title)}
          onClick={() => onChange(firstValue(option))}
        >
          <Icon of={Plus} size={14} />
          {texts.recipe.unset}
        </button>
      )}
      {isOptional && isSet && (
        <button
          type="button"
          class="icon-button small"
          aria-label={texts.recipe.unsetOption(title)}
          onClick={() => onChange(undefined)}
        >
          <Icon of={X} size={14} />
        </button>
      )}
    </div>
  );
}
