import type { JobServices } from "../job-services.ts";
import { runSchedules } from "../schedules.ts";

/** Work beside the work, by every worker: none of it does harm when several do it at once. */
export interface Housekeeping {
  stop(): Promise<void>;
}

/** Starts to take back what silent workers held, to tell of what a dispatcher forgot, to start what is scheduled, and to remove what is old. */
export function startHousekeeping(services: JobServices): Housekeeping {
  const { records, leaseMs, dispatch, onFault } = services;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const round = async () => {
    const { queued } = await records.recoverLost();
    await dispatch(queued);
    // What waits for longer than a lease may have been forgotten by the dispatcher.
    await dispatch(await records.overdue(leaseMs * 1.5));
    await dispatch(await runSchedules(services));
    await removeOld(services);
  };
  const next = () => {
    // Not all workers at the same moment.
    const pauseMs = (leaseMs / 5) * (0.75 + Math.random() / 2);
    timer = setTimeout(() => {
      current = round()
        .catch((error: unknown) => onFault(error))
        .finally(() => {
          if (!isStopped) next();
        });
    }, pauseMs);
  };
  let current: Promise<void> | undefined;
  next();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

async function removeOld({ records, kinds, keepMs, now }: JobServices): Promise<void> {
  const removed = await records.removeEnded(now() - keepMs);
  for (const { id, kind } of removed) await kinds.all.find(({ name }) => name === kind)?.forget(id);
}
