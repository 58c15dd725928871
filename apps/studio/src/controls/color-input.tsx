import type { ControlProps } from "./control-props.ts";

/** A CSS color: picked, or typed in any notation. */
export function ColorInput({ id, label, schema, value, onChange }: ControlProps<string>) {
  return (
    <div class="color">
      <input
        type="color"
        aria-label={label}
        value={hexOf(value)}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <input
        id={id}
        type="text"
        value={value}
        spellcheck={false}
        list={`${id}-colors`}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={`${id}-colors`}>
        {(schema.examples ?? []).map((one) => (
          <option key={String(one)} value={String(one)} />
        ))}
      </datalist>
    </div>
  );
}

/** The color as the picker wants it; black for one that it can't show. */
function hexOf(color: string): string {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return "#000000";
  context.fillStyle = color;
  return /^#[\da-f]{6}$/iu.test(context.fillStyle) ? context.fillStyle : "#000000";
}
