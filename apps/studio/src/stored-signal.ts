import { effect, signal, type Signal } from "@preact/signals";

/** A signal whose value outlives a reload; what was kept by an older page and does not fit is left out. */
export function storedSignal<Value>(
  name: string,
  initial: Value,
  isValue: (kept: unknown) => kept is Value,
): Signal<Value> {
  const place = `tintype.${name}`;
  const stored = signal(readKept(place, isValue) ?? initial);
  effect(() => {
    try {
      localStorage.setItem(place, JSON.stringify(stored.value));
    } catch {
      // Full or forbidden: the page works on, without memory.
    }
  });
  return stored;
}

function readKept<Value>(
  place: string,
  isValue: (kept: unknown) => kept is Value,
): Value | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "null");
    return isValue(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}
