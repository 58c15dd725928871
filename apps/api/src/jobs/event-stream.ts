import { setTimeout as sleep } from "node:timers/promises";

import type { Job } from "@tintype/jobs";

/** Silence of this length is broken by a comment, so that nobody between takes the connection for dead. */
const keepAliveMs = 15_000;

/** Changes of a job as server-sent events: each has the job's revision as its id, so that a client that returns goes on from there. */
export function eventStream(
  changes: AsyncIterable<Job>,
  end: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = changes[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<Job>> | undefined;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode("retry: 1000\n\n")),
    async pull(controller) {
      next ??= iterator.next();
      const result = await orSilence(next);
      if (result === undefined) return controller.enqueue(encoder.encode(": waiting\n\n"));
      next = undefined;
      if (result.done === true) return controller.close();
      const { value: job } = result;
      const data = JSON.stringify(job);
      controller.enqueue(encoder.encode(`id: ${job.revision}\nevent: job\ndata: ${data}\n\n`));
    },
    cancel() {
      next?.catch(() => undefined);
      end.abort();
    },
  });
}

async function orSilence<Value>(value: Promise<Value>): Promise<Value | undefined> {
  const timer = new AbortController();
  const silence = sleep(keepAliveMs, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([value, silence]);
  } finally {
    timer.abort();
  }
}
