import { useEffect, useRef } from "preact/hooks";

import type { Job } from "../api/answers.ts";
import { texts } from "../texts.ts";
import { announce } from "../ui/announcements.tsx";
import { hasEnded } from "./job-events.ts";
import { nameOf } from "./job-result.tsx";

/** Announces each of these jobs that ends while it is looked at. */
export function useAnnouncedEnds(jobs: readonly Job[] | undefined): void {
  const inWork = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ended = (jobs ?? []).filter((job) => hasEnded(job) && inWork.current.has(job.id));
    inWork.current = new Set(jobs?.filter((job) => !hasEnded(job)).map(({ id }) => id));
    if (ended.length > 0) announce(ended.map(endOf).join(" "));
  }, [jobs]);
}

/** How a job ended, in words. */
export function endOf(job: Job): string {
  return texts.jobs.ended(nameOf(job), texts.jobs.states[job.state]);
}
