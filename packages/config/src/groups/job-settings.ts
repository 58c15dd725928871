import { defineSettings } from "../define-settings.ts";
import {
  bytes,
  concurrency,
  flag,
  integer,
  milliseconds,
  schedule,
  text,
} from "../setting-types.ts";

/** Who does jobs, how many wait, and when workers start afresh. */
export const jobSettings = defineSettings({
  title: "Jobs",
  settings: {
    inApi: {
      name: "WORKER_IN_API",
      description: "Whether the API's process does jobs too; without it, workers of their own do.",
      type: flag(),
      default: "true",
      example: "false",
    },
    concurrency: {
      name: "WORKER_CONCURRENCY",
      description: "How many jobs a process does at the same time.",
      type: concurrency(256),
      default: "auto",
      example: "8",
    },
    queueLimit: {
      name: "JOBS_QUEUE_LIMIT",
      description: "How many jobs may wait; one more is refused, to come again later.",
      type: integer({ min: 1, max: 1_000_000 }),
      default: "10000",
      unit: "jobs",
      example: "100_000",
    },
    keepMs: {
      name: "JOBS_RETENTION",
      description: "How long jobs stay on record after their end.",
      type: milliseconds({ min: 60_000, max: 3650 * 86_400_000 }),
      default: "7d",
      unit: "seconds",
      example: "30d",
    },
    redisUrl: {
      name: "REDIS_URL",
      aliases: ["CELERY_BROKER_URL"],
      description:
        "The Redis that brings jobs to workers on many machines; with `DATABASE_URL` alone, PostgreSQL brings them.",
      type: text(/^rediss?:\/\/[^\s<>]+$/, "an address that starts with `redis://` or `rediss://`"),
      example: "redis://:<password>@redis.internal:6379",
      secret: true,
    },
    webhookSecret: {
      name: "WEBHOOK_SECRET",
      description:
        "What webhooks are signed with, by Standard Webhooks; without it, jobs take no webhooks.",
      type: text(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "`whsec_` and at least 24 bytes in base64"),
      example: 'echo "whsec_$(openssl rand -base64 32)"',
      secret: true,
    },
    cleanUpSchedule: {
      name: "CLEANUP_SCHEDULE",
      description: "When temporary and old files are removed: a cron expression in UTC, or `off`.",
      type: schedule(),
      default: "0 3 * * *",
      example: "30 2 * * 0",
    },
    graceMs: {
      name: "WORKER_GRACE",
      description: "How long a worker that stops waits for its jobs before it hands them back.",
      type: milliseconds({ min: 0, max: 3_600_000 }),
      default: "30s",
      unit: "seconds",
      example: "2m",
    },
    maxJobs: {
      name: "WORKER_MAX_JOBS",
      description: "After how many jobs a worker starts afresh; never when absent.",
      type: integer({ min: 1, max: 1_000_000_000 }),
      unit: "jobs",
      example: "10_000",
    },
    maxMemoryBytes: {
      name: "WORKER_MAX_MEMORY",
      description: "From which use of memory on a worker starts afresh; never when absent.",
      type: bytes({ min: 2 ** 26, max: 2 ** 40 }),
      unit: "bytes",
      example: "1GB",
    },
    healthPort: {
      name: "WORKER_PORT",
      description:
        "The port on which a worker tells its health and its metrics; `0` takes any free one.",
      type: integer({ min: 0, max: 65_535 }),
      default: "8788",
      example: "9090",
    },
  },
});
