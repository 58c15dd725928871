import type { JSX } from "preact";
import { useId } from "preact/hooks";

import { controlOf } from "../catalog/control-of.ts";
import { firstValue } from "../catalog/first-value.ts";
import { ColorInput } from "./color-input.tsx";
import { Compass } from "./compass.tsx";
import type { ControlProps } from "./control-props.ts";
import { EitherInput } from "./either-input.tsx";
import { GroupInput } from "./group-input.tsx";
import { ListInput } from "./list-input.tsx";
import { SliderInput } from "./slider-input.tsx";

/** The control for a value, made of its schema alone. */
export function OptionControl(
  props: Omit<ControlProps, "id"> & { readonly id?: string },
): JSX.Element {
  const made = useId();
  const id = props.id ?? made;
  const { label, schema, onChange } = props;
  const value = props.value ?? firstValue(schema);
  const control = controlOf(schema);
  switch (control.kind) {
    case "switch":
      return (
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <select
          id={id}
          value={String(value)}
          onChange={({ currentTarget }) => onChange(control.values[currentTarget.selectedIndex])}
        >
          {control.values.map((one) => (
            <option key={one} value={String(one)}>
              {one}
            </option>
          ))}
        </select>
      );
    case "compass":
      return <Compass {...{ label, onChange }} value={String(value)} />;
    case "choices": {
      const chosen = Array.isArray(value) ? (value as string[]) : [];
      return (
        <div class="chips" role="group" aria-label={label}>
          {control.values.map((one) => (
            <button
              key={one}
              type="button"
              class="chip"
              aria-pressed={chosen.includes(one)}
              onClick={() =>
                onChange(
                  chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one],
                )
              }
            >
              {one}
            </button>
          ))}
        </div>
      );
    }
    case "color":
      return <ColorInput {...{ id, label, schema, onChange }} value={String(value)} />;
    case "slider":
      return (
        <SliderInput {...{ id, label, schema, onChange }} control={control} value={Number(value)} />
      );
    case "number":
      return (
        <input
          id={id}
          type="number"
          inputMode={control.step === 1 ? "numeric" : "decimal"}
          min={control.min}
          max={control.max}
          step={control.step === 1 ? 1 : "any"}
          value={String(value)}
          onInput={({ currentTarget }) => {
            if (currentTarget.value !== "") onChange(currentTarget.valueAsNumber);
          }}
        />
      );
    case "text":
      return (
        <>
          <input
            id={id}
            type="text"
            value={String(value)}
            list={control.suggestions.length > 0 ? `${id}-list` : undefined}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
          {control.suggestions.length > 0 && (
            <datalist id={`${id}-list`}>
              {control.suggestions.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      );
    case "group":
      return (
        <GroupInput {...{ label, schema, onChange }} value={Object(value)} draw={OptionControl} />
      );
    case "list":
      return (
        <ListInput
          {...{ label, onChange }}
          draw={OptionControl}
          item={control.item}
          minItems={control.minItems}
          value={Array.isArray(value) ? value : []}
        />
      );
    default:
      return (
        <EitherInput
          {...{ id, label, value, onChange }}
          draw={OptionControl}
          options={control.options}
        />
      );
  }
}
