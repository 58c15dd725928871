import { useSignal } from "@preact/signals";
import { ArrowDown, ArrowUp, GripVertical, RotateCcw, Trash2 } from "lucide";

import type { Declared } from "../catalog/catalog.ts";
import type { Options } from "../catalog/option-schema.ts";
import { OptionControl } from "../controls/option-control.tsx";
import { titleOf } from "../controls/title-of.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { StepEntry } from "./recipe.ts";

interface StepCardProps {
  readonly entry: StepEntry;
  readonly declared: Declared | undefined;
  readonly fault: string | undefined;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onChange: (change: Partial<StepEntry>) => void;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
  readonly onDragStart: (event: DragEvent) => void;
}

/** One step of a recipe: what it does, its options, and where it stands. */
export function StepCard(props: StepCardProps) {
  const { entry, declared, fault, isFirst, isLast, onChange, onMove, onRemove } = props;
  const isOpen = useSignal(true);
  const canDrag = useSignal(false);
  const title = titleOf(entry.step);
  return (
    <li
      class={`step${entry.isOff ? " off" : ""}${fault === undefined ? "" : " faulty"}`}
      data-step={entry.id}
      draggable={canDrag.value}
      onDragStart={props.onDragStart}
      onDragEnd={() => {
        canDrag.value = false;
      }}
    >
      <header>
        <button
          type="button"
          class="icon-button grip"
          aria-label={texts.recipe.drag(title)}
          onPointerDown={() => {
            canDrag.value = true;
          }}
          onPointerUp={() => {
            canDrag.value = false;
          }}
          onKeyDown={(event) => {
            const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            onMove(by);
          }}
        >
          <Icon of={GripVertical} size={16} />
        </button>
        <button
          type="button"
          class="step-title"
          aria-expanded={isOpen.value}
          title={declared?.summary}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          {title}
        </button>
        <input
          type="checkbox"
          role="switch"
          aria-label={texts.recipe.turnOff(title)}
          checked={!entry.isOff}
          onChange={({ currentTarget }) => onChange({ isOff: !currentTarget.checked })}
        />
      </header>
      <Fault of={fault} />
      {isOpen.value && (
        <>
          {declared && (
            <OptionControl
              label={title}
              schema={declared.schema}
              value={entry.options}
              onChange={(options) => onChange({ options: options as Options })}
            />
          )}
          <footer class="row tight">
            <IconButton
              of={ArrowUp}
              size={15}
              isSmall
              label={texts.recipe.moveUp(title)}
              disabled={isFirst}
              onClick={() => onMove(-1)}
            />
            <IconButton
              of={ArrowDown}
              size={15}
              isSmall
              label={texts.recipe.moveDown(title)}
              disabled={isLast}
              onClick={() => onMove(1)}
            />
            <span class="grow" />
            <IconButton
              of={RotateCcw}
              size={15}
              isSmall
              label={`${title}: ${texts.recipe.restore}`}
              title={texts.recipe.restore}
              onClick={() => onChange({ options: declared?.examples[0] ?? {} })}
            />
            <IconButton
              of={Trash2}
              size={15}
              isSmall
              label={texts.recipe.removeStep(title)}
              onClick={onRemove}
            />
          </footer>
        </>
      )}
    </li>
  );
}
