export type {
  Again,
  Claim,
  ClaimedJob,
  Consumer,
  Consumption,
  DispatchedJob,
  Dispatcher,
} from "./dispatcher.ts";
export { createFileBell } from "./embedded/bell.ts";
export type { Bell } from "./embedded/bell.ts";
export { createEmbeddedDispatcher } from "./embedded/embedded-dispatcher.ts";
export { defineJobKind, jobKindsOf } from "./job-kind.ts";
export type { JobContext, JobKind, JobKindOptions, JobKinds } from "./job-kind.ts";
export { createJobQueue } from "./job-queue.ts";
export type { JobQueue } from "./job-queue.ts";
export type { JobQueueOptions, JobTracing, TracedJob } from "./job-services.ts";
export { hasEnded, jobPriorities, jobSchema, jobStates } from "./job.ts";
export type { Job, JobError, JobPriority, JobState } from "./job.ts";
export { batchJob } from "./kinds/batch-job.ts";
export { cleanUpJob } from "./kinds/clean-up-job.ts";
export { generateJob } from "./kinds/generate-job.ts";
export type { GenerateJobServices } from "./kinds/generate-job.ts";
export { postProcessJob } from "./kinds/post-process-job.ts";
export { processJob } from "./kinds/process-job.ts";
export { rescanJob } from "./kinds/rescan-job.ts";
export { scanJob } from "./kinds/scan-job.ts";
export { sweepJob } from "./kinds/sweep-job.ts";
export type { SweepJobServices } from "./kinds/sweep-job.ts";
export { webhookJob } from "./kinds/webhook-job.ts";
export type { WebhookJobServices } from "./kinds/webhook-job.ts";
export { outputsOnRecord } from "./records/outputs-on-record.ts";
export { jobQuerySchema } from "./records/read-jobs.ts";
export type { JobPage, JobQuery } from "./records/read-jobs.ts";
export type { QueueState } from "./records/queue-state.ts";
export type { Schedule } from "./schedules.ts";
export { submissionSchema } from "./submission.ts";
export type { JobOptions, Submission } from "./submission.ts";
export type { DoneJob, JobWorker, JobWorkerOptions } from "./worker/start-job-worker.ts";
