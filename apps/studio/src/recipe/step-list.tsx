import { useRef } from "preact/hooks";

import { catalog } from "../catalog/catalog.ts";
import { titleOf } from "../controls/title-of.ts";
import { texts } from "../texts.ts";
import { tell } from "../ui/toasts.tsx";
import { preview } from "../viewer/live-preview.ts";
import { AddStep } from "./add-step.tsx";
import { addStep, changeStep, moveStep, removeStep } from "./edit-steps.ts";
import type { StepEntry } from "./recipe.ts";
import { StepCard } from "./step-card.tsx";

interface StepListProps {
  readonly label: string;
  readonly steps: readonly StepEntry[];
  readonly onChange: (steps: readonly StepEntry[]) => void;
}

/** Steps in their order, to be changed, moved, switched off and added to. */
export function StepList({ label, steps, onChange }: StepListProps) {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useRef<string | undefined>(undefined);
  const { fault } = preview.value;

  const move = (entry: StepEntry, to: number) => {
    if (to < 0 || to >= steps.length) return;
    onChange(moveStep(steps, entry.id, to));
    tell(texts.recipe.moved(titleOf(entry.step), to + 1, steps.length));
    // The card was taken out and put back: whoever moves it with keys goes on from there.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-step="${entry.id}"] .grip`)?.focus(),
    );
  };

  return (
    <>
      <ol
        ref={list}
        class="steps"
        aria-label={label}
        onDragOver={(event) => {
          const over = (event.target as Element).closest<HTMLElement>("[data-step]");
          if (dragged.current === undefined || !over) return;
          event.preventDefault();
          const to = steps.findIndex(({ id }) => id === over.dataset["step"]);
          if (steps[to]?.id !== dragged.current) onChange(moveStep(steps, dragged.current, to));
        }}
        onDrop={(event) => {
          if (dragged.current !== undefined) event.preventDefault();
          dragged.current = undefined;
        }}
      >
        {steps.map((entry, index) => (
          <StepCard
            key={entry.id}
            entry={entry}
            declared={catalog.value?.steps.find(({ name }) => name === entry.step)}
            fault={fault?.stepId === entry.id ? fault.message : undefined}
            isFirst={index === 0}
            isLast={index === steps.length - 1}
            onChange={(change) => onChange(changeStep(steps, entry.id, change))}
            onMove={(by) => move(entry, index + by)}
            onRemove={() => {
              onChange(removeStep(steps, entry.id));
            }}
            onDragStart={(event) => {
              dragged.current = entry.id;
              event.dataTransfer?.setData("text/plain", entry.step);
            }}
          />
        ))}
      </ol>
      <AddStep onAdd={(step, options) => onChange(addStep(steps, step, options))} />
    </>
  );
}
