import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { openTestDatabase, sqliteEngine } from "@tintype/database/testing";
import { createGuardedPost, type GuardedPost } from "@tintype/pipeline";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";

import { createEmbeddedDispatcher } from "../embedded/embedded-dispatcher.ts";
import { deedJob, testQueues } from "../suite/test-queue.ts";
import { webhookJob } from "./webhook-job.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A queue that tells the ends of its jobs to whom `post` may reach. */
async function testQueue(post: GuardedPost) {
  const deeds = { nothing: async () => "done" };
  const { queue, work } = testQueues(
    { database: await openTestDatabase(sqliteEngine), dispatcher: createEmbeddedDispatcher },
    deeds,
    { kinds: [deedJob(deeds), webhookJob({ secret, post })], takesWebhooks: true },
  );
  work();
  const submit = async (webhook: string) =>
    (await queue.submit({ kind: "process", input: { deed: "nothing" }, webhook })).job;
  const told = async () => (await queue.list({ kind: "webhook" })).jobs[0];
  return { queue, submit, told };
}

/** A client's server, which answers with these statuses, the last one again and again; and a queue that tells it. */
async function testWebhooks(...statuses: readonly number[]) {
  const heard: Heard[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const status = statuses[Math.min(heard.length, statuses.length - 1)];
    heard.push({ headers: request.headers, body });
    response.writeHead(status ?? 200).end();
  };
  const server = createServer((request, response) => void hear(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const post = createGuardedPost({ timeoutMs: 5000, isAllowedAddress: () => true });
  const { queue, submit, told } = await testQueue(post);
  const { port } = server.address() as AddressInfo;
  const job = await submit(`http://127.0.0.1:${port}/hook`);
  const hears = async (times: number) =>
    expect.poll(() => heard.length, { timeout: 10_000 }).toBe(times);
  return { queue, job, told, heard, hears };
}

test("the end of a job is told, signed so that the library of Standard Webhooks knows it", async () => {
  const { job, heard, hears } = await testWebhooks(200);
  await hears(1);
  const [{ headers, body } = { headers: {}, body: "" }] = heard;
  const told = new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(told).toMatchObject({
    type: "job.succeeded",
    data: { id: job.id, state: "succeeded", result: "done" },
  });
  expect(() => new Webhook(secret).verify(`${body} `, headers as never)).toThrow("signature");
});

test("is told again when the server stumbled, and when somebody asks, as the same message", async () => {
  const { queue, job, heard, hears } = await testWebhooks(500, 200);
  await hears(2);
  const { id } = await queue.tellAgain(job.id);
  await hears(3);
  expect((await queue.wait(id, 10_000)).state).toBe("succeeded");
  expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
});

test("is not told again to a server that is gone for good", async () => {
  const { told, hears } = await testWebhooks(410);
  await hears(1);
  await expect.poll(told).toMatchObject({ state: "failed", error: { code: "webhook.refused" } });
});

test("is never told to an address that is not public", async () => {
  const { submit, told } = await testQueue(createGuardedPost({ timeoutMs: 5000 }));
  await submit("http://169.254.169.254/latest/meta-data/");
  await expect.poll(told, { timeout: 10_000 }).toMatchObject({
    state: "failed",
    attempts: 1,
    error: { code: "source.private_address" },
  });
});
