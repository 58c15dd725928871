import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createMetrics } from "@tintype/telemetry";
import { expect, onTestFinished, test } from "vitest";

import { createMetricsServer } from "./metrics-server.ts";

test("metrics are served on a port of their own, and nothing else is", async () => {
  const server = createMetricsServer(createMetrics()).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(await response.text()).toContain("# TYPE images_processed_total counter");
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(404);
});
