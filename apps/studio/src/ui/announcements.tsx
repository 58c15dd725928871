import { signal } from "@preact/signals";

const spoken = signal("");

/** Has screen readers say what the page shows elsewhere than where somebody is. */
export function announce(text: string): void {
  spoken.value = text;
}

/** What was announced last, for screen readers alone. */
export function Announcements() {
  return (
    <p class="visually-hidden" role="status">
      {spoken}
    </p>
  );
}
