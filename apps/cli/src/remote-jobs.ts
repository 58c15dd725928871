import { setTimeout as sleep } from "node:timers/promises";

import { TintypeError } from "@tintype/errors";
import { hasEnded, type Job, type JobPage, type JobQuery, type Submission } from "@tintype/jobs";
import { EventSourceParserStream } from "eventsource-parser/stream";

import type { JobDoor } from "./job-door.ts";
import { remoteError, unreachable } from "./remote-error.ts";

/** Where a service is, and what opens it. */
export interface RemoteOptions {
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The jobs of a service far away. */
export interface RemoteJobs extends JobDoor {
  /** Puts a job in; sent again where the answer gets lost, it is one job all the same. */
  submit(wish: Submission): Promise<Job>;
}

const tries = 5;
const pauseMs = 1000;

/** Talks to a service's API; throws what the service says of a failure, and `cli.remote_unreachable` where nobody answers. */
export function createRemoteJobs({ url, apiKey, signal }: RemoteOptions): RemoteJobs {
  const base = `${url.replace(/\/+$/u, "")}/api/v1/jobs`;
  const call = async (method: string, path: string, more: RequestInit = {}) => {
    const headers = new Headers(more.headers);
    if (apiKey !== undefined) headers.set("x-api-key", apiKey);
    const response = await fetch(base + path, {
      method,
      ...more,
      headers,
      signal: signal ?? null,
    }).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw unreachable(url, cause);
    });
    if (!response.ok) throw await remoteError(response);
    return response;
  };
  const json = async <Answer>(method: string, path: string, more?: RequestInit) =>
    (await (await call(method, path, more)).json()) as Answer;

  return {
    list: async (query: JobQuery = {}) => json<JobPage>("GET", `?${parameters(query)}`),
    get: async (id) => json<Job>("GET", place(id)),
    cancel: async (id) => json<Job>("DELETE", place(id)),
    retry: async (id) => json<Job>("POST", `${place(id)}/retry`),
    tellAgain: async (id) => json<Job>("POST", `${place(id)}/webhook`),
    async submit(wish) {
      const headers = {
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      };
      const body = JSON.stringify(wish);
      return again(async () => json<Job>("POST", "", { headers, body }), signal);
    },
    async *watch(id) {
      for (let after = 0; ;) {
        const headers = { "last-event-id": String(after) };
        const { body } = await again(
          async () => call("GET", `${place(id)}/events`, { headers }),
          signal,
        );
        if (body === null) return;
        for await (const job of eventsIn(body)) {
          after = job.revision;
          yield job;
          if (hasEnded(job)) return;
        }
        // The connection ended before the job did: go on where it was.
        await sleep(pauseMs, undefined, { signal });
      }
    },
  };
}

function place(id: string): string {
  return `/${encodeURIComponent(id)}`;
}

async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Job> {
  const events = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of events) if (event === "job") yield JSON.parse(data) as Job;
}

/** Tries again while the service is away or full. */
async function again<Answer>(ask: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TintypeError) || !error.retryable || count === tries) throw error;
      await sleep(Math.max(pauseMs, error.retryAfterMs ?? 0), undefined, { signal });
    }
  }
}

function parameters(query: JobQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
