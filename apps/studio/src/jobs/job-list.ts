import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { Job, JobPage } from "../api/answers.ts";
import { isAbort, messageOf } from "../api/api-failure.ts";
import { connection } from "../api/connection.ts";
import { nextPage } from "../api/next-page.ts";
import { requestJson } from "../api/request.ts";
import { followJob, hasEnded } from "./job-events.ts";

/** A list of jobs that is kept up to date. */
export interface ListedJobs {
  readonly jobs: ReadonlySignal<readonly Job[] | undefined>;
  readonly fault: ReadonlySignal<string | undefined>;
  /** Asks for the next page; undefined on the last. */
  readonly more: ReadonlySignal<(() => void) | undefined>;
  /** Takes a job as somebody has just been told it is. */
  readonly update: (job: Job) => void;
}

/** A browser opens six connections to a server: most are left to everything else. */
const followed = 2;
const lookEveryMs = 3000;

/** Lists the jobs that a query finds, the newest first; follows those in work by their events, and looks for others now and then. */
export function useJobList(query: string): ListedJobs {
  const jobs = useSignal<readonly Job[] | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const more = useSignal<(() => void) | undefined>(undefined);
  const take = (news: readonly Job[]) => {
    jobs.value = merged(jobs.peek() ?? [], news);
  };

  useEffect(() => {
    const end = new AbortController();
    const load = async (cursor?: string) => {
      const after = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const isFirst = jobs.peek() === undefined;
      try {
        const path = `/api/v1/jobs?${query}${after}`;
        const page = await requestJson<JobPage>(path, { signal: end.signal });
        take(page.jobs);
        // A later look at the newest says nothing of where the oldest are.
        if (isFirst || cursor !== undefined) more.value = nextPage(page.nextCursor, load);
        fault.value = undefined;
      } catch (error) {
        if (!isAbort(error)) fault.value = messageOf(error);
      }
    };
    const look = () => {
      if (connection.peek() === "up" && !document.hidden) void load();
    };
    [jobs.value, more.value] = [undefined, undefined];
    const stop = connection.subscribe(look);
    const timer = setInterval(look, lookEveryMs);
    return () => {
      end.abort();
      clearInterval(timer);
      stop();
    };
  }, [query]);

  const inWork = (jobs.value ?? [])
    .filter((job) => !hasEnded(job))
    .toSorted((a, b) => Number(b.state === "running") - Number(a.state === "running"))
    .slice(0, followed)
    .map(({ id }) => id);
  useEffect(() => {
    const end = new AbortController();
    for (const id of inWork) void followJob(id, (job) => take([job]), end.signal);
    return () => end.abort();
  }, [inWork.toSorted().join(" ")]);

  return { jobs, fault, more, update: (job) => take([job]) };
}

/** Every job as it was told of last. */
function merged(jobs: readonly Job[], news: readonly Job[]): readonly Job[] {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  for (const job of news)
    if ((byId.get(job.id)?.revision ?? -1) < job.revision) byId.set(job.id, job);
  return [...byId.values()].toSorted(
    (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? 1 : -1),
  );
}
