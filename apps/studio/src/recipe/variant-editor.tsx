import { Plus, Trash2 } from "lucide";
import { useId } from "preact/hooks";

import { catalog } from "../catalog/catalog.ts";
import type { Options } from "../catalog/option-schema.ts";
import { OptionControl } from "../controls/option-control.tsx";
import { titleOf } from "../controls/title-of.ts";
import { texts } from "../texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import {
  addVariant,
  changeVariant,
  recipe,
  removeVariant,
  selectedVariant,
  selectVariant,
  setSteps,
} from "./recipe-state.ts";
import { StepList } from "./step-list.tsx";

/** The files that a recipe makes: one tab each, with its format and its own steps. */
export function VariantEditor() {
  const { variants } = recipe.value;
  const variant = selectedVariant.value;
  const formats = catalog.value?.formats ?? [];
  const declared = formats.find(({ name }) => name === variant.format);
  const [nameId, formatId] = [useId(), useId()];
  return (
    <section class="panel" aria-label={texts.variants.title}>
      <h2>{texts.variants.title}</h2>
      <div class="row wrap tight">
        <div class="tabs" role="tablist" aria-label={texts.variants.title}>
          {variants.map(({ id, name, format }) => (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={id === variant.id}
              onClick={() => selectVariant(id)}
            >
              {name} <small>{format}</small>
            </button>
          ))}
        </div>
        <IconButton of={Plus} label={texts.variants.add} onClick={addVariant} />
      </div>
      <div class="options">
        <div class="option">
          <label for={nameId}>{texts.variants.name}</label>
          <input
            id={nameId}
            type="text"
            value={variant.name}
            pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,62}"
            onInput={({ currentTarget }) =>
              changeVariant(variant.id, { name: currentTarget.value })
            }
          />
          {variants.length > 1 && (
            <button
              type="button"
              class="icon-button small"
              aria-label={texts.variants.remove(variant.name)}
              onClick={() => removeVariant(variant.id)}
            >
              <Icon of={Trash2} size={14} />
            </button>
          )}
        </div>
        <div class="option" title={declared?.summary}>
          <label for={formatId}>{texts.variants.format}</label>
          <select
            id={formatId}
            value={variant.format}
            onChange={({ currentTarget }) =>
              changeVariant(variant.id, { format: currentTarget.value, options: {} })
            }
          >
            {formats.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
      {declared && (
        <details class="fold">
          <summary>{texts.variants.options}</summary>
          <OptionControl
            label={titleOf(variant.format)}
            schema={declared.schema}
            value={variant.options}
            onChange={(options) => changeVariant(variant.id, { options: options as Options })}
          />
        </details>
      )}
      <details class="fold" open={variant.steps.length > 0}>
        <summary>{texts.recipe.own(variant.name)}</summary>
        <StepList
          label={texts.recipe.own(variant.name)}
          steps={variant.steps}
          onChange={(steps) => setSteps(steps, variant.id)}
        />
      </details>
    </section>
  );
}
