import { describe, expect, test, vi } from "vitest";

import { cutout, photographicCutout } from "./testing/pictures.ts";
import { endpoint, formOf, problemIn, testApp } from "./testing/test-app.ts";

describe("an answer", () => {
  test("carries the request's own id when it is sane, and a new one otherwise", async () => {
    const { request } = await testApp();
    const idFor = async (id: string) =>
      (await request("/health", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await idFor("order-17_b=")).toBe("order-17_b=");
    for (const insane of ["", "a b", "<script>", "é", "../x", "a".repeat(256)]) {
      expect(await idFor(insane)).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/u);
    }
  });

  test("to an unknown address is a problem that names the request", async () => {
    const { request } = await testApp();
    const headers = { "x-request-id": "r1" };
    expect(await problemIn(await request("/api/v2/process-image", { headers }))).toEqual({
      type: "about:blank",
      title: "Not found",
      status: 404,
      detail: "There is no GET /api/v2/process-image. See /docs.",
      code: "request.no_such_route",
      requestId: "r1",
    });
  });

  test.each([
    ["GET", endpoint, "POST"],
    ["PUT", endpoint, "POST"],
    ["BREW", endpoint, "POST"],
    ["POST", "/health", "GET, HEAD"],
    ["DELETE", "/files/a/b.png", "GET, HEAD, PUT"],
  ])("to %s %s names the methods allowed", async (method, path, allowed) => {
    const { request } = await testApp();
    const response = await request(path, { method });
    expect(response.headers.get("allow")).toBe(allowed);
    const problem = await problemIn(response);
    expect(problem).toMatchObject({ status: 405, code: "request.method_not_allowed" });
  });

  test("of a slash too many leads to the page without it", async () => {
    const { request } = await testApp();
    const response = await request("/docs/");
    expect([response.status, response.headers.get("location")]).toEqual([
      301,
      "http://localhost/docs",
    ]);
  });

  test("to our own fault tells nothing of it, and the process all", async () => {
    const fault = new TypeError("x is not a function in /srv/secret/key.pem");
    const { request, internalErrors } = await testApp({}, (runtime) => ({
      ...runtime,
      storage: {
        ...runtime.storage,
        async head() {
          throw fault;
        },
      },
    }));
    const response = await request("/files/a");
    expect(await response.clone().text()).not.toMatch(/secret|function|\bat\b/u);
    expect(await problemIn(response)).toMatchObject({ status: 500, code: "internal" });
    expect(internalErrors).toEqual([fault]);
  });
});

describe("work", () => {
  test("that finds the queue full is refused with the time to wait, and then let in", async () => {
    const { process, runtime } = await testApp({
      PROCESSING_CONCURRENCY: "1",
      PROCESSING_QUEUE_LIMIT: "0",
    });
    const image = await cutout();
    const leave = await runtime.pipeline.admission.enter(1);
    const refused = await process(formOf({ image }));
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await problemIn(refused)).toMatchObject({
      status: 503,
      code: "pipeline.busy",
      retryable: true,
    });
    leave();
    expect((await process(formOf({ image }))).status).toBe(200);
  });

  test("that takes too long ends, and leaves nothing behind", async () => {
    const { process, runtime } = await testApp({}, (full) => ({
      ...full,
      settings: {
        ...full.settings,
        processing: { ...full.settings.processing, timeoutMs: 1 },
      },
    }));
    const problem = await problemIn(await process(formOf({ image: await photographicCutout() })));
    expect(problem).toMatchObject({ status: 503, code: "pipeline.timeout", retryable: true });
    expect(runtime.pipeline.admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  });

  test("ends when its client goes away, while it runs and while it waits", async () => {
    const { process, runtime, internalErrors } = await testApp({
      PROCESSING_CONCURRENCY: "1",
      RESULT_CACHE: "off",
    });
    const { admission } = runtime.pipeline;
    const client = new AbortController();
    const image = await photographicCutout();
    const answers = [1, 2].map(async () =>
      // A server gives its own reason, which is a text.
      process(formOf({ image, steps: [{ step: "blur", sigma: 50 }], preset: "product" }), {
        signal: client.signal,
      }),
    );
    await vi.waitFor(() => expect(admission.state()).toMatchObject({ running: 1, waiting: 1 }), {
      timeout: 10_000,
      interval: 2,
    });
    client.abort("Client connection prematurely closed.");
    for (const answer of answers) expect((await answer).status).toBe(499);
    expect(admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
    expect(internalErrors).toEqual([]);
    for await (const { key } of runtime.storage.list()) expect.fail(`${key} was stored`);
  });
});
