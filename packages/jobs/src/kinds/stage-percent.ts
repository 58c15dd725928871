import type { Stage } from "@tintype/pipeline";

/** How far a picture is when a stage begins, in percent. */
export const stagePercent: Readonly<Record<Stage, number>> = {
  read: 0,
  open: 10,
  wait: 15,
  steps: 20,
  export: 60,
  store: 90,
};
