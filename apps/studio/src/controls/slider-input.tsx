import type { Control } from "../catalog/control-of.ts";
import type { ControlProps } from "./control-props.ts";

interface SliderProps extends ControlProps<number> {
  readonly control: Extract<Control, { kind: "slider" }>;
}

/** A number in a range: to slide through, and to type. */
export function SliderInput({ id, label, schema, value, onChange, control }: SliderProps) {
  const { min, max, step } = control;
  const take = (number: number) => {
    if (!Number.isNaN(number)) onChange(number);
  };
  return (
    <div class="slider">
      <input
        type="range"
        aria-label={label}
        {...{ min, max, step, value }}
        onInput={({ currentTarget }) => take(currentTarget.valueAsNumber)}
      />
      <input
        id={id}
        type="number"
        {...{ min, max, value }}
        step={step === 1 ? 1 : "any"}
        onInput={({ currentTarget }) => take(currentTarget.valueAsNumber)}
      />
      {schema.unit && <span class="unit">{schema.unit === "degrees" ? "°" : schema.unit}</span>}
    </div>
  );
}
