import { signal } from "@preact/signals";

import type { Glance } from "../api/answers.ts";
import { requestJson } from "../api/request.ts";

const place = "tintype.glances";
const kept = 120;

/** What the service said of itself lately in this visit, the newest last; it outlives a reload. */
export const glances = signal<readonly Glance[]>(readKept());

/** Asks the service how it is doing. */
export async function takeGlance(abort: AbortSignal): Promise<void> {
  const glance = await requestJson<Glance>("/api/v1/glance", { signal: abort });
  // A service that began anew counts from nothing.
  const isSame = (glances.value.at(-1)?.sinceSeconds ?? Infinity) <= glance.sinceSeconds;
  glances.value = [...(isSame ? glances.value.slice(1 - kept) : []), glance];
  try {
    sessionStorage.setItem(place, JSON.stringify(glances.value));
  } catch {
    // Full or forbidden: the page works on, without memory.
  }
}

/** How much a number grew a minute between each two glances. */
export function ratesOf(
  history: readonly Glance[],
  read: (glance: Glance) => number,
): readonly number[] {
  return history.slice(1).map((glance, index) => {
    const before = history[index] as Glance;
    const minutes = (Date.parse(glance.at) - Date.parse(before.at)) / 60_000;
    return minutes > 0 ? Math.max(0, read(glance) - read(before)) / minutes : 0;
  });
}

function readKept(): readonly Glance[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    return Array.isArray(found) ? (found as readonly Glance[]) : [];
  } catch {
    return [];
  }
}
