import { expect, test } from "vitest";

import { testApp } from "../testing/test-app.ts";

type Dependencies = Awaited<ReturnType<typeof testApp>>["runtime"]["dependencies"];

async function readiness(dependencies: Dependencies) {
  const { request } = await testApp({}, (runtime) => ({ ...runtime, dependencies }));
  const response = await request("/ready");
  return [response.status, await response.json()] as const;
}

const up = { name: "storage", isRequired: true, health: async () => ({ ok: true }) as const };
const failing = async () => Promise.reject(new Error("at /secret"));
const dead = async () => ({ ok: false, message: "clamd does not answer." }) as const;

test("a service whose dependencies all answer is ready, and says how fast they are", async () => {
  const { request } = await testApp();
  const response = await request("/ready");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: "ready",
    dependencies: ["storage", "database", "queue"].map((name) => ({
      name,
      state: "up",
      latencyMs: expect.any(Number) as number,
    })),
  });
});

test("a service that misses something optional is degraded, and takes work", async () => {
  const optional = { name: "scanner", isRequired: false, health: dead };
  expect(await readiness([up, optional])).toMatchObject([
    200,
    {
      status: "degraded",
      dependencies: [
        { name: "storage", state: "up" },
        { name: "scanner", state: "degraded", message: "clamd does not answer." },
      ],
    },
  ]);
});

test("a service that can go on although something is the matter is degraded, and says what", async () => {
  const message = "The secondary storage stands in for the first.";
  const health = async () => ({ ok: true, message }) as const;
  expect(await readiness([{ ...up, health }])).toMatchObject([
    200,
    { status: "degraded", dependencies: [{ name: "storage", state: "degraded", message }] },
  ]);
});

test("a service that misses what it needs is down, whether that says so or fails", async () => {
  for (const health of [dead, failing]) {
    const [status, body] = await readiness([up, { name: "scanner", isRequired: true, health }]);
    expect(status).toBe(503);
    expect(body).toMatchObject({ status: "down" });
    expect(JSON.stringify(body)).not.toContain("/secret");
  }
});

test("in fail-secure a scanner is needed, in fail-safe it is not", async () => {
  for (const [mode, status] of [
    ["fail-secure", 503],
    ["fail-safe", 200],
  ] as const) {
    const { request } = await testApp({
      VIRUS_SCAN_ENABLED: "true",
      VIRUS_SCAN_MODE: mode,
      CLAMD_SOCKET: "/nowhere/clamd.sock",
    });
    expect((await request("/ready")).status).toBe(status);
  }
});
