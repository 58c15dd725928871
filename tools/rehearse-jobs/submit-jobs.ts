import { setTimeout as sleep } from "node:timers/promises";

import type { Job, Submission } from "@tintype/jobs";

/** Sends a wish until somebody has accepted it, under one key, and gives the job; asks each time where to send it. */
export async function submitUntilAccepted(
  wish: Submission,
  key: string,
  urlNow: () => string,
): Promise<Job> {
  for (;;) {
    const response = await fetch(`${urlNow()}/api/v1/jobs`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(wish),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    const body = await response?.json().catch(() => undefined);
    if (response?.ok === true && body !== undefined) return body as Job;
    // What the service does not want, it would not want the next time either.
    if (response !== undefined && response.status < 500 && response.status !== 429)
      throw new Error(`Refused: ${JSON.stringify(body)}`);
    await sleep(100);
  }
}
