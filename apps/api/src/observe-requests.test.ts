import { createLogger } from "@tintype/telemetry";
import { describe, expect, test } from "vitest";

import { cutout } from "./testing/pictures.ts";
import { formOf, testApp } from "./testing/test-app.ts";

async function observedApp() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ level: "info", isPretty: false, destination });
  const app = await testApp({}, undefined, { logger });
  return {
    ...app,
    entries: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe("a request", () => {
  test("is one line with its id, which is on the line of its picture too", async () => {
    const { process, entries } = await observedApp();
    const headers = { "x-request-id": "order-17" };
    const response = await process(formOf({ image: await cutout() }), { headers });
    expect(response.status).toBe(200);
    expect(entries()).toMatchObject([
      {
        level: "info",
        msg: "Processed.",
        requestId: "order-17",
        variants: expect.any(Array) as [],
      },
      {
        level: "info",
        msg: "Answered.",
        requestId: "order-17",
        method: "POST",
        path: "/api/v1/process-image",
        status: 200,
        ms: expect.any(Number) as number,
      },
    ]);
  });

  test("for a signed link leaves no signature in the log", async () => {
    const { request, entries } = await observedApp();
    await request("/files/a.png?expires=1&signature=hush");
    expect(entries()).toHaveLength(1);
    expect(JSON.stringify(entries())).not.toContain("hush");
  });

  test("for health says nothing when it goes well", async () => {
    const { request, entries } = await observedApp();
    for (const path of ["/health", "/ready"]) await request(path);
    expect(entries()).toEqual([]);
  });

  test("is counted by its route's pattern and status, whatever its path", async () => {
    const { request, runtime } = await observedApp();
    for (const path of ["/files/a.png", "/files/b/c.png", "/nowhere", "/else/where"])
      await request(path);
    await request("/files/a.png", { method: "DELETE" });
    const lines = (await runtime.metrics.render()).split("\n");
    expect(lines.filter((line) => line.startsWith("http_requests_total"))).toEqual([
      'http_requests_total{method="GET",route="/files/:key{.+}",status="404"} 2',
      'http_requests_total{method="GET",route="none",status="404"} 2',
      'http_requests_total{method="DELETE",route="/files/:key{.+}",status="405"} 1',
    ]);
  });

  test("is counted by the route that answered, not by another that its path fits as well", async () => {
    const { request, runtime } = await observedApp();
    await request("/api/v1/images/upload", { method: "POST" });
    await request("/img/info/unsafe/plain/a.png");
    const routes = (await runtime.metrics.render()).matchAll(
      /http_requests_total\{.*route="(.*?)"/gu,
    );
    expect([...routes].map(([, route]) => route)).toEqual([
      "/api/v1/images/upload",
      "/img/info/:address{.+}",
    ]);
  });

  test("that fails says why on its line", async () => {
    const { request, entries } = await observedApp();
    await request("/files/a.png");
    expect(entries()).toMatchObject([{ status: 404, code: "storage.not_found" }]);
  });
});
