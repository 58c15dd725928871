import { ChevronDown } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Icon } from "./icon.tsx";

/** A button that opens a small panel below it, which a click elsewhere or Escape closes. */
export function Menu({
  label,
  isPrimary = false,
  children,
}: {
  label: ComponentChildren;
  isPrimary?: boolean;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = () => {
      if (element.current) element.current.open = false;
    };
    const onPointer = (event: Event) => {
      if (!element.current?.contains(event.target as Node)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !element.current?.open) return;
      close();
      element.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <details ref={element} class="menu">
      <summary class={isPrimary ? "button primary" : "button"}>
        {label}
        <Icon of={ChevronDown} size={16} />
      </summary>
      <div
        class="menu-panel"
        onClick={(event) => {
          if ((event.target as Element).closest("[data-closes]") && element.current)
            element.current.open = false;
        }}
      >
        {children}
      </div>
    </details>
  );
}
