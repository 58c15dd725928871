import type { Options } from "../catalog/option-schema.ts";
import { newId } from "../new-id.ts";
import type { StepEntry } from "./recipe.ts";

type Steps = readonly StepEntry[];

/** The steps with one more at the end. */
export function addStep(steps: Steps, step: string, options: Options): Steps {
  return [...steps, { id: newId(), step, options }];
}

/** The steps with one of them changed. */
export function changeStep(steps: Steps, id: string, change: Partial<StepEntry>): Steps {
  return steps.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
}

/** The steps without one of them. */
export function removeStep(steps: Steps, id: string): Steps {
  return steps.filter((entry) => entry.id !== id);
}

/** The steps with one of them at another place; beyond an end is that end. */
export function moveStep(steps: Steps, id: string, to: number): Steps {
  const entry = steps.find((one) => one.id === id);
  if (entry === undefined) return steps;
  const rest = removeStep(steps, id);
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, entry);
}
