import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { texts } from "../texts.ts";
import { Icon } from "./icon.tsx";
import { Toasts } from "./toasts.tsx";

interface DialogProps {
  readonly title: string;
  /** Left out, it stays until its own buttons close it. */
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}

/** A window over the page; Escape and a click beside it close it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    element.current?.showModal();
    element.current?.querySelector<HTMLElement>("form input")?.focus();
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose?.();
      }}
    >
      <div class="dialog-body">
        <header class="row">
          <h2 class="grow">{title}</h2>
          {onClose && (
            <button type="button" class="icon-button" aria-label={texts.close} onClick={onClose}>
              <Icon of={X} />
            </button>
          )}
        </header>
        {children}
      </div>
      {/* What is told meanwhile; outside of here nothing is seen or heard. */}
      <Toasts />
    </dialog>
  );
}
