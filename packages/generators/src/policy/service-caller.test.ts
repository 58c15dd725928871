import { expect, test } from "vitest";

import {
  createCircuitBreaker,
  createServiceCaller,
  createUsageMeter,
  defaultRetryPolicy,
} from "../index.ts";
import { overloadedError } from "./service-errors.ts";

const retry = { ...defaultRetryPolicy, wait: async () => undefined };

test("every request is counted, with what failed and what it cost", async () => {
  const outcomes: string[] = [];
  const meter = createUsageMeter(({ outcome }) => outcomes.push(outcome));
  const caller = createServiceCaller({ service: "svc", retry, meter });
  let calls = 0;
  const attempt = async () => {
    calls += 1;
    if (calls === 1) throw overloadedError("svc");
    return 0.25;
  };
  expect(await caller.call(attempt, { usageOf: (cost) => ({ cost }) })).toBe(0.25);
  expect(outcomes).toEqual(["service.overloaded", "ok"]);
  expect(meter.read()).toEqual({ svc: { requests: 2, failures: 1, cacheHits: 0, cost: 0.25 } });
});

test("once the circuit is open a call ends at once, without a request or a retry", async () => {
  const meter = createUsageMeter();
  const breaker = createCircuitBreaker("svc", { maxFailures: 2 });
  const caller = createServiceCaller({ service: "svc", retry, breaker, meter });
  for (const _ of [1, 2])
    await expect(caller.call(() => Promise.reject(overloadedError("svc")))).rejects.toMatchObject({
      code: "service.circuit_open",
    });
  expect(meter.read()["svc"]?.requests).toBe(2);
});

test("all models together have the time of one call", async () => {
  const caller = createServiceCaller({ service: "svc", retry: { ...retry, deadlineMs: 20 } });
  const asked: string[] = [];
  const hanging = (model: string) => {
    asked.push(model);
    return new Promise<never>(() => {});
  };
  await expect(caller.callModels(["a", "b"], hanging)).rejects.toMatchObject({
    code: "service.timed_out",
    details: { timeoutMs: 20 },
  });
  expect(asked[0]).toBe("a");
});
