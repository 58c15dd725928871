import { join } from "node:path";

import type { Settings } from "@tintype/config";
import {
  createEmbeddedDispatcher,
  createFileBell,
  createJobQueue,
  webhookJob,
  type Dispatcher,
  type JobQueue,
  type Schedule,
} from "@tintype/jobs";
import { createGuardedPost } from "@tintype/pipeline";
import type { Logger, Metrics } from "@tintype/telemetry";

import { createJobKinds, type JobMeans } from "./create-job-kinds.ts";
import { dispatchPlace } from "./dispatch-place.ts";
import { jobTracing } from "./job-tracing.ts";

/** What a queue is made of. */
export interface JobParts extends JobMeans {
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** Opens the queue of jobs that settings ask for. */
export async function createJobs(parts: JobParts): Promise<JobQueue> {
  const { settings } = parts;
  const { jobs, processing } = settings;
  const webhooks = createWebhooks(settings);
  const onFault = (err: unknown, jobId?: string) =>
    parts.logger.error({ err, jobId }, "A job or its queue failed.");
  const queue = createJobQueue({
    database: await parts.database(),
    dispatcher: await createDispatcher(settings, onFault),
    kinds: [...createJobKinds(parts), ...webhooks],
    takesWebhooks: webhooks.length > 0,
    maxQueued: jobs.queueLimit,
    keepMs: jobs.keepMs,
    timeoutMs: processing.timeoutMs,
    tracing: jobTracing,
    onFault,
  });
  await queue.setSchedules(schedulesOf(settings));
  parts.metrics.watchQueue(async () => queue.state());
  return queue;
}

/** BullMQ where settings name a server, else the embedded database itself. */
async function createDispatcher(
  settings: Settings,
  onFault: (error: unknown) => void,
): Promise<Dispatcher> {
  const place = dispatchPlace(settings);
  if (place === undefined) {
    const bell = createFileBell(join(settings.storage.dataDir, "jobs.bell"));
    return createEmbeddedDispatcher({ bell });
  }
  const { createBullDispatcher } = await import("@tintype/jobs-bullmq");
  return createBullDispatcher({ ...place, onFault });
}

/** The kind of jobs that tell of ends, where settings say what to sign with. */
function createWebhooks({ jobs: { webhookSecret: secret }, urlFetch }: Settings) {
  const { timeoutMs, denyHosts } = urlFetch;
  return secret === undefined
    ? []
    : [webhookJob({ secret, post: createGuardedPost({ timeoutMs, denyHosts }) })];
}

function schedulesOf({ jobs: { cleanUpSchedule }, virusScan }: Settings): readonly Schedule[] {
  // In fail-secure nothing comes in without a verdict.
  const rescans = virusScan.enabled && virusScan.mode === "fail-safe";
  const schedules = [
    { kind: "cleanup", cron: cleanUpSchedule },
    { kind: "sweep", cron: cleanUpSchedule === "off" ? "off" : "17 * * * *" },
    { kind: "rescan", cron: rescans ? virusScan.rescanSchedule : "off" },
  ];
  return schedules
    .filter(({ cron }) => cron !== "off")
    .map(({ kind, cron }) => ({ name: kind, kind, cron, input: {} }));
}
