import type { Job } from "../api/answers.ts";
import { ApiFailure, isAbort } from "../api/api-failure.ts";
import { request } from "../api/request.ts";

const pauseMs = 1500;

/** Whether a job will not change any more, unless somebody has it done again. */
export function hasEnded({ state }: Pick<Job, "state">): boolean {
  return state !== "queued" && state !== "running";
}

/**
 * Tells of a job as it is and after each change, until it has ended or nobody wants to know. Read by `fetch`, as an
 * `EventSource` can't send a key; begins again where it was when the connection ends.
 */
export async function followJob(
  id: string,
  onChange: (job: Job) => void,
  signal: AbortSignal,
): Promise<void> {
  let last = "0";
  for (;;) {
    try {
      const headers = { "last-event-id": last };
      const answer = await request(`/api/v1/jobs/${id}/events`, { headers, signal });
      if (answer.status === 204 || answer.body === null) return;
      for await (const { id: number, data } of eventsIn(answer.body)) {
        last = number;
        const job = JSON.parse(data) as Job;
        onChange(job);
        if (hasEnded(job)) return;
      }
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      // The server answered, and has no more to say of it.
      if (error instanceof ApiFailure && error.problem) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The events of a stream that have data. */
async function* eventsIn(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ readonly id: string; readonly data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as ReadableStreamReadResult<string>;
      if (done) return;
      const blocks = (text + value).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split("\n")
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        const data = field("data");
        if (data !== undefined) yield { id: field("id") ?? "", data };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
