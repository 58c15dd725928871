import { Plus, Trash2 } from "lucide";

import { firstValue } from "../catalog/first-value.ts";
import type { OptionSchema } from "../catalog/option-schema.ts";
import { texts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import type { DrawControl } from "./control-props.ts";

interface ListProps {
  readonly draw: DrawControl;
  readonly label: string;
  readonly item: OptionSchema;
  readonly minItems: number;
  readonly value: readonly unknown[];
  readonly onChange: (value: readonly unknown[]) => void;
}

/** Any number of values of one kind. */
export function ListInput({ draw: Draw, label, item, minItems, value, onChange }: ListProps) {
  return (
    <div class="list" role="group" aria-label={label}>
      {value.map((one, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- values have no other name
        <div key={index} class="list-item">
          <Draw
            label={`${label} ${index + 1}`}
            schema={item}
            value={one}
            onChange={(next) => onChange(value.with(index, next))}
          />
          <button
            type="button"
            class="icon-button small"
            aria-label={texts.recipe.removeItem}
            disabled={value.length <= minItems}
            onClick={() => onChange(value.toSpliced(index, 1))}
          >
            <Icon of={Trash2} size={14} />
          </button>
        </div>
      ))}
      <button type="button" class="unset" onClick={() => onChange([...value, firstValue(item)])}>
        <Icon of={Plus} size={14} />
        {texts.recipe.addItem}
      </button>
    </div>
  );
}
