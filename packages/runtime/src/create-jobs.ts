import { join } from "node:path";

import type { Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
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

/** What a queue is made of. */
export interface JobParts extends JobMeans {
  readonly database: () => Promise<Database>;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** Opens the queue of jobs that settings ask for. */
export async function createJobs(settings: Settings, parts: JobParts): Promise<JobQueue> {
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
    onFault,
  });
  await queue.setSchedules(schedulesOf(settings));
  parts.metrics.watchQueue(async () => queue.state());
  return queue;
}

/** Redis where settings name one, else the PostgreSQL that holds the records, else the embedded database itself. */
async function createDispatcher(
  { database, jobs: { redisUrl }, storage }: Settings,
  onFault: (error: unknown) => void,
): Promise<Dispatcher> {
  const { url: databaseUrl, maxConnections } = database;
  if ((redisUrl ?? databaseUrl) !== undefined) {
    const { createBullDispatcher } = await import("@tintype/jobs-bullmq");
    if (redisUrl !== undefined) return createBullDispatcher({ redisUrl, onFault });
    if (databaseUrl !== undefined)
      return createBullDispatcher({ databaseUrl, maxConnections, onFault });
  }
  return createEmbeddedDispatcher({ bell: createFileBell(join(storage.dataDir, "jobs.bell")) });
}

/** The kind of jobs that tell of ends, where settings say what to sign with. */
function createWebhooks({ jobs: { webhookSecret: secret }, urlFetch }: Settings) {
  const { timeoutMs, denyHosts } = urlFetch;
  return secret === undefined
    ? []
    : [webhookJob({ secret, post: createGuardedPost({ timeoutMs, denyHosts }) })];
}

function schedulesOf({ jobs: { cleanUpSchedule } }: Settings): readonly Schedule[] {
  return cleanUpSchedule === "off"
    ? []
    : [{ name: "cleanup", cron: cleanUpSchedule, kind: "cleanup", input: {} }];
}
