import { TintypeError } from "@tintype/errors";
import type { GuardedPost } from "@tintype/pipeline";
import { Webhook } from "standardwebhooks";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";
import { webhookKind } from "../records/webhook-job.ts";

/** What webhooks are sent with. */
export interface WebhookJobServices {
  readonly post: GuardedPost;
  /** `whsec_` and bytes in base64, as Standard Webhooks has it. */
  readonly secret: string;
}

const input = z.strictObject({
  url: z.string(),
  jobId: z.string(),
  messageId: z.string().describe("The same at every try: who hears it twice can tell."),
  body: z.string().describe("The same bytes at every try."),
});

/** The kind of jobs that tell somebody's server of a job's end, signed by Standard Webhooks; tried for about half an hour. */
export function webhookJob({ post, secret }: WebhookJobServices): JobKind {
  const signer = new Webhook(secret);
  return defineJobKind({
    name: webhookKind,
    summary: "Tell a server of a job's end.",
    input,
    isInternal: true,
    maxAttempts: 8,
    async run({ url, messageId, body }, { signal }) {
      const now = new Date();
      const headers = {
        "content-type": "application/json",
        "user-agent": "Tintype",
        "webhook-id": messageId,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": signer.sign(messageId, now, body),
      };
      const status = await post(url, { body, headers, signal });
      if (status >= 200 && status < 300) return { status };
      throw refused(status);
    },
  });
}

function refused(status: number): TintypeError {
  return new TintypeError({
    kind: "upstream",
    code: "webhook.refused",
    message: `The server answered the webhook with status ${status} instead of 2xx.`,
    details: { status },
    // Whoever is gone does not want to hear more.
    retryable: status !== 410,
  });
}
