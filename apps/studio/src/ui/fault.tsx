import type { ReadonlySignal } from "@preact/signals";

/** What went wrong, in words that screen readers speak at once; nothing when nothing did. */
export function Fault({ of }: { of: ReadonlySignal<string | undefined> | string | undefined }) {
  const text = typeof of === "object" ? of.value : of;
  if (text === undefined) return null;
  return (
    <p class="fault-text" role="alert">
      {text}
    </p>
  );
}
