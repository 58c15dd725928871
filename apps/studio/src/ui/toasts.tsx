import { signal } from "@preact/signals";

import { newId } from "../new-id.ts";
import { texts } from "../texts.ts";

interface Toast {
  readonly id: string;
  readonly text: string;
  readonly isFault: boolean;
  readonly undo?: () => void;
}

const toasts = signal<readonly Toast[]>([]);
const shownMs = 7000;

/** Tells something in passing, and in screen readers. */
export function tell(
  text: string,
  { isFault = false, undo }: { isFault?: boolean; undo?: () => void } = {},
): void {
  const toast = { id: newId(), text, isFault, ...(undo && { undo }) };
  toasts.value = [...toasts.value.slice(-2), toast];
  setTimeout(() => dismiss(toast.id), shownMs);
}

function dismiss(id: string): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** What was told lately. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, isFault, undo }) => (
        <div key={id} class={isFault ? "toast fault" : "toast"}>
          <span>{text}</span>
          {undo && (
            <button
              type="button"
              class="link"
              onClick={() => {
                undo();
                dismiss(id);
              }}
            >
              {texts.undo}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
