import { RotateCw } from "lucide";

import type { Job } from "../api/answers.ts";
import { requestJson } from "../api/request.ts";
import { goTo, hrefOf, route } from "../route.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { useJobList } from "./job-list.ts";
import { JobRows } from "./job-row.tsx";
import { useAnnouncedEnds } from "./use-announced-ends.ts";

const states = Object.keys(texts.jobs.states) as Job["state"][];

/** What is being done, what was, and what could not be. */
export function JobsPage() {
  const { query } = route.value;
  const state = query.get("state") ?? "";
  const wanted = new URLSearchParams({ parent: "none", ...(state !== "" && { state }) });
  const { jobs, fault, more, update } = useJobList(wanted.toString());
  useAnnouncedEnds(jobs.value);
  const list = jobs.value?.filter((job) => state === "" || job.state === state);
  const dead = state === "failed" ? (list ?? []) : [];

  const retryAll = () =>
    tellFault(async () => {
      for (const { id } of dead)
        update(await requestJson<Job>(`/api/v1/jobs/${id}/retry`, { method: "POST" }));
      goTo("jobs");
    });

  return (
    <div class="page narrow">
      <header class="page-head">
        <h1>{texts.jobs.title}</h1>
        {dead.length > 0 && (
          <button type="button" class="button" onClick={() => void retryAll()}>
            <Icon of={RotateCw} size={16} />
            {texts.jobs.retryAll(dead.length)}
          </button>
        )}
      </header>
      <nav class="tabs" aria-label={texts.jobs.filter}>
        {["", ...states].map((one) => (
          <a
            key={one}
            href={hrefOf("jobs", { state: one })}
            aria-current={one === state ? "page" : undefined}
          >
            {one === "" ? texts.jobs.all : texts.jobs.tabs[one as Job["state"]]}
          </a>
        ))}
      </nav>
      <Fault of={fault} />
      {list === undefined && fault.value === undefined && <p class="quiet">{texts.loading}</p>}
      {list?.length === 0 && (
        <div class="empty">
          <strong>{state === "" ? texts.jobs.empty : texts.jobs.none}</strong>
          <p>{texts.jobs.emptyHint}</p>
          <a class="button" href={hrefOf("library")}>
            {texts.jobs.toLibrary}
          </a>
        </div>
      )}
      {list !== undefined && list.length > 0 && (
        <JobRows label={texts.jobs.title} jobs={list} more={more.value} onChange={update} />
      )}
    </div>
  );
}
