import { effect } from "@preact/signals";

import { storedSignal } from "../stored-signal.ts";

const themes = ["system", "light", "dark"] as const;

/** Whose colors the page has. */
export type Theme = (typeof themes)[number];

/** The chosen colors. */
export const theme = storedSignal<Theme>("theme", "system", (kept): kept is Theme =>
  themes.includes(kept as Theme),
);

/** Goes on to the next colors. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] as Theme;
}

effect(() => {
  const { value } = theme;
  document.documentElement.style.colorScheme = value === "system" ? "light dark" : value;
});
