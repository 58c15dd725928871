import { useSignal } from "@preact/signals";
import { Plus } from "lucide";

import { catalog } from "../catalog/catalog.ts";
import type { Options } from "../catalog/option-schema.ts";
import { titleOf } from "../controls/title-of.ts";
import { texts } from "../texts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";

/** A way to every step that there is, found by its name or by what it does. */
export function AddStep({ onAdd }: { onAdd: (step: string, options: Options) => void }) {
  const isOpen = useSignal(false);
  const wanted = useSignal("");
  const words = wanted.value.trim().toLowerCase();
  const found = (catalog.value?.steps ?? []).filter(({ name, summary }) =>
    `${titleOf(name)} ${summary}`.toLowerCase().includes(words),
  );
  const add = (step: (typeof found)[number] | undefined) => {
    if (!step) return;
    onAdd(step.name, step.examples[0] ?? {});
    isOpen.value = false;
  };
  return (
    <>
      <button
        type="button"
        class="button wide dashed"
        onClick={() => {
          wanted.value = "";
          isOpen.value = true;
        }}
      >
        <Icon of={Plus} />
        {texts.recipe.add}
      </button>
      {isOpen.value && (
        <Dialog
          title={texts.recipe.add}
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <form
            method="dialog"
            onSubmit={(event) => {
              event.preventDefault();
              add(found[0]);
            }}
          >
            <input
              type="search"
              class="wide"
              aria-label={texts.recipe.find}
              placeholder={texts.recipe.find}
              value={wanted.value}
              onInput={({ currentTarget }) => {
                wanted.value = currentTarget.value;
              }}
            />
          </form>
          <ul class="choices">
            {found.map((step) => (
              <li key={step.name}>
                <button type="button" onClick={() => add(step)}>
                  <strong>{titleOf(step.name)}</strong>
                  <span>{step.summary}</span>
                </button>
              </li>
            ))}
            {found.length === 0 && <li class="quiet">{texts.recipe.noStep}</li>}
          </ul>
        </Dialog>
      )}
    </>
  );
}
