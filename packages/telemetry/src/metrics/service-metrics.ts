import { boundedLabel } from "./bounded-label.ts";
import { durations, type Instruments } from "./instruments.ts";

/** What waits and runs in a queue of jobs. */
export interface QueueState {
  /** Jobs by their state. */
  readonly jobs: Readonly<Record<string, number>>;
  /** Age of the job that has waited longest; 0 where none waits. */
  readonly oldestSeconds: number;
}

/** One HTTP request that was answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** The pattern of its route, never its path. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Requests, jobs, and what the service leans on. */
export function serviceMetrics({ counter, histogram, gauge, gaugeBy }: Instruments) {
  const requests = counter("http_requests_total", "HTTP requests answered.", [
    "method",
    "route",
    "status",
  ]);
  const requestDuration = histogram(
    "http_request_duration_seconds",
    "Time from a request's first byte to its answer's head.",
    durations,
    ["method", "route"],
  );
  const jobs = counter("jobs_total", "Jobs that ended.", ["outcome"]);
  const jobDuration = histogram("job_duration_seconds", "Time of jobs in work.", durations);
  const retries = counter("job_retries_total", "Jobs that were tried again.");
  const [methodLabel, routeLabel, outcomeLabel] = [
    boundedLabel(12),
    boundedLabel(200),
    boundedLabel(20),
  ];

  return {
    requestAnswered(request: AnsweredRequest) {
      const [method, route] = [methodLabel(request.method), routeLabel(request.route)];
      requests.inc({ method, route, status: String(request.status) });
      requestDuration.observe({ method, route }, request.seconds);
    },

    jobEnded(outcome: string, seconds: number) {
      jobs.inc({ outcome: outcomeLabel(outcome) });
      jobDuration.observe(seconds);
    },

    jobRetried() {
      retries.inc();
    },

    /** Shows a queue's jobs and how long the oldest has waited whenever metrics are collected. */
    watchQueue(state: () => Promise<QueueState>) {
      gaugeBy("queue_jobs", "Jobs by their state.", "state", async () => (await state()).jobs);
      gauge(
        "queue_oldest_seconds",
        "Age of the job that waits longest.",
        async () => (await state()).oldestSeconds,
      );
    },

    /** Shows what a malware scanner found whenever metrics are collected. */
    watchScans(counts: () => Readonly<Record<string, number>>) {
      gaugeBy(
        "malware_scan_verdicts",
        "Files scanned since the start, by verdict.",
        "verdict",
        async () => counts(),
      );
    },
  };
}
