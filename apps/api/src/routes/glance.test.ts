import { expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { formOf, testApp } from "../testing/test-app.ts";

test("a glance counts what was made, what failed, and what is in the queue", async () => {
  const app = await testApp();
  const look = async () => (await app.request("/api/v1/glance")).json();
  expect(await look()).toMatchObject({
    images: { succeeded: 0, failed: 0, seconds: { median: null, p95: null } },
    jobs: { queued: 0, running: 0, oldestSeconds: 0 },
  });
  const variants = [{ name: "a", output: { format: "png" } }];
  expect((await app.process(formOf({ image: await cutout(), variants }))).status).toBe(200);
  expect((await app.process({ imageBase64: "AAAA", variants })).status).toBe(415);
  const source = { kind: "stored", key: "no.png" };
  const job = JSON.stringify({ kind: "process", input: { source, variants } });
  const headers = { "content-type": "application/json" };
  await app.request("/api/v1/jobs", { method: "POST", headers, body: job });
  expect(await look()).toMatchObject({
    images: { succeeded: 1, failed: 1, seconds: { median: expect.any(Number) } },
    requests: { answered: 4, refused: 1, failed: 0 },
    jobs: { queued: 1, running: 0 },
  });
});
