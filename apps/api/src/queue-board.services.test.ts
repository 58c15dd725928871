import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { testApp } from "./testing/test-app.ts";

const REDIS_URL = process.env["TEST_REDIS_URL"];
const keys = { boss: "4fd8b3b1c2a9e7d0-boss", reader: "4fd8b3b1c2a9e7d0-reader" };
const API_KEYS = Object.entries({ boss: "admin", reader: "read+process" })
  .map(([name, scope]) => {
    const sha256 = createHash("sha256").update(keys[name as keyof typeof keys]);
    return `${name}:${scope}:${sha256.digest("hex")}`;
  })
  .join(",");

function withPassword(password: string) {
  return { headers: { authorization: `Basic ${btoa(`any:${password}`)}` } };
}

test("Bull Board shows the queue to admins, and changes nothing in it", async () => {
  const { request, internalErrors } = await testApp({ REDIS_URL, API_KEYS });
  expect((await request("/queues")).status).toBe(401);
  expect((await request("/queues", withPassword(keys.reader))).status).toBe(401);
  const page = await request("/queues", withPassword(keys.boss));
  expect(page.headers.get("content-type")).toContain("text/html");
  const queues = await request("/queues/api/queues", withPassword(keys.boss));
  expect(await queues.json()).toMatchObject({ queues: [{ name: "tintype", readOnlyMode: true }] });
  const init = { method: "PUT", ...withPassword(keys.boss) };
  const pause = await request("/queues/api/queues/tintype/pause", init);
  expect([403, 405]).toContain(pause.status);
  expect(internalErrors).toEqual([]);
});

test("there is no board where anybody could open it, nor where there is no BullMQ", async () => {
  const open = await testApp({ REDIS_URL, HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true" });
  const embedded = await testApp();
  for (const { request } of [open, embedded]) expect((await request("/queues")).status).toBe(404);
});
