/** A change of a job: who holds it now, where that is known. */
export interface Change {
  readonly id: string;
  readonly lease?: string | null;
}

/** Tells of changes of jobs within this process. */
export interface ChangeHub {
  readonly changed: (changes: readonly Change[]) => void;
  /** Calls back at every change of a job, until the function that it gives is called. */
  readonly listen: (id: string, onChange: (change: Change) => void) => () => void;
  /** The jobs that somebody listens to. */
  readonly listenedTo: () => readonly string[];
}

/** Makes a hub. */
export function createChangeHub(): ChangeHub {
  const listeners = new Map<string, Set<(change: Change) => void>>();
  return {
    changed(changes) {
      for (const change of changes)
        for (const onChange of listeners.get(change.id) ?? []) onChange(change);
    },
    listen(id, onChange) {
      const ofJob = listeners.get(id) ?? new Set();
      listeners.set(id, ofJob.add(onChange));
      return () => {
        ofJob.delete(onChange);
        if (ofJob.size === 0 && listeners.get(id) === ofJob) listeners.delete(id);
      };
    },
    listenedTo: () => [...listeners.keys()],
  };
}
