import { useSignal } from "@preact/signals";
import {
  Ban,
  ChevronRight,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  LoaderCircle,
  RotateCw,
} from "lucide";

import type { Job } from "../api/answers.ts";
import { requestJson } from "../api/request.ts";
import { formatSeconds, formatTime } from "../format-amount.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { VirtualList } from "../ui/virtual-list.tsx";
import { hasEnded } from "./job-events.ts";
import { useJobList } from "./job-list.ts";
import { JobResult, kindOf, nameOf, resultOf } from "./job-result.tsx";

const icons = {
  queued: CircleDashed,
  running: LoaderCircle,
  succeeded: CircleCheck,
  failed: CircleX,
  canceled: CircleSlash,
};

interface JobRowsProps {
  readonly label: string;
  readonly jobs: readonly Job[];
  readonly more: (() => void) | undefined;
  readonly onChange: (job: Job) => void;
}

/** Any number of jobs, one below the other. */
export function JobRows({ label, jobs, more, onChange }: JobRowsProps) {
  // Kept here, as a row that is far from the window does not exist.
  const open = useSignal<ReadonlySet<string>>(new Set());
  return (
    <VirtualList label={label} items={jobs} keyOf={idOf} height={64} gap={8} more={more}>
      {(job) => (
        <JobRow
          job={job}
          isOpen={open.value.has(job.id)}
          onToggle={() => {
            const next = new Set(open.value);
            if (!next.delete(job.id)) next.add(job.id);
            open.value = next;
          }}
          onChange={onChange}
        />
      )}
    </VirtualList>
  );
}

function idOf({ id }: Job): string {
  return id;
}

interface JobRowProps {
  readonly job: Job;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (job: Job) => void;
}

/** One job: how far it is, what came of it, and what can be done about it. */
function JobRow({ job, isOpen, onToggle, onChange }: JobRowProps) {
  const { id, kind, state, error } = job;
  const isBatch = kind === "batch";
  const canOpen = isBatch || resultOf(job) !== undefined;
  const name = nameOf(job);
  const send = (method: "DELETE" | "POST", path: string) =>
    tellFault(async () => onChange(await requestJson<Job>(`/api/v1/jobs/${path}`, { method })));
  return (
    <div class={`job ${state}`}>
      <div class="job-head">
        <Icon of={icons[state]} size={20} />
        <span class="job-name">
          <strong class="name">{name}</strong>
          <small>{factsOf(job)}</small>
        </span>
        <span class="job-state">{texts.jobs.states[state]}</span>
        <span class="job-actions">
          {!hasEnded(job) && (
            <IconButton
              of={Ban}
              size={17}
              label={`${texts.jobs.cancel}: ${name}`}
              title={texts.jobs.cancel}
              onClick={() => void send("DELETE", id)}
            />
          )}
          {canRetry(job) && (
            <IconButton
              of={RotateCw}
              size={17}
              label={`${texts.retry}: ${name}`}
              title={texts.retry}
              onClick={() => void send("POST", `${id}/retry`)}
            />
          )}
          {canOpen && (
            <button
              type="button"
              class="icon-button turn"
              aria-expanded={isOpen}
              aria-label={`${texts.library.details}: ${name}`}
              onClick={onToggle}
            >
              <Icon of={ChevronRight} size={18} />
            </button>
          )}
        </span>
      </div>
      {!hasEnded(job) && <Progress job={job} label={name} />}
      {error && <p class="fault-text">{error.message}</p>}
      {isOpen && (isBatch ? <Parts id={id} /> : <JobResult job={job} />)}
    </div>
  );
}

function Progress({ job: { state, progress }, label }: { job: Job; label: string }) {
  if (state === "queued") return null;
  return <progress aria-label={label} max={100} value={progress.percent} />;
}

function Parts({ id }: { id: string }) {
  const { jobs, fault, more, update } = useJobList(`parent=${id}`);
  return (
    <div class="parts">
      <Fault of={fault} />
      <JobRows
        label={texts.jobs.parts}
        jobs={jobs.value ?? []}
        more={more.value}
        onChange={update}
      />
    </div>
  );
}

/** A batch that succeeded may have parts that did not. */
function canRetry({ kind, state, result }: Job): boolean {
  const { failed = 0 } = Object(result) as { readonly failed?: number };
  return (
    state === "failed" ||
    state === "canceled" ||
    (kind === "batch" && hasEnded({ state }) && failed > 0)
  );
}

function factsOf(job: Job): string {
  const { kind, state, progress, attempts, createdAt, startedAt, finishedAt, result, runAt } = job;
  const stage = texts.jobs.stages[progress.stage ?? ""] ?? progress.stage;
  const took =
    startedAt !== undefined && finishedAt !== undefined
      ? formatSeconds((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
      : undefined;
  return [
    nameOf(job) !== kindOf(job) && kindOf(job),
    formatTime(createdAt),
    state === "running" && `${progress.percent} %`,
    state === "running" && kind !== "batch" && stage,
    state === "queued" && runAt !== undefined && texts.jobs.notBefore(formatTime(runAt)),
    kind === "batch" && hasEnded(job) && texts.jobs.tally(Object(result)),
    attempts > 1 && texts.jobs.attempts(attempts),
    took,
  ]
    .filter((fact) => typeof fact === "string" && fact !== "")
    .join(" · ");
}
