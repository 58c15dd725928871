import { expect, test } from "vitest";

import { createCircuitBreaker } from "../index.ts";
import { blockedError, overloadedError, quotaError } from "./service-errors.ts";

/** A breaker with a clock of its own. */
function clockwork(maxFailures = 2) {
  const clock = { ms: 0 };
  const now = () => clock.ms;
  const breaker = createCircuitBreaker("svc", { maxFailures, coolDownMs: 1000, now });
  const fail = async (error: Error) => {
    const failing = breaker.run(async () => {
      throw error;
    });
    await expect(failing).rejects.toBe(error);
  };
  return { clock, breaker, fail };
}

const overloaded = () => overloadedError("svc");

test("a breaker opens after several failures in a row, and then holds calls back", async () => {
  const { breaker, fail } = clockwork();
  await fail(overloaded());
  expect(await breaker.run(async () => "well")).toBe("well");
  await fail(overloaded());
  expect(breaker.state).toBe("closed");
  await fail(overloaded());
  expect(breaker.state).toBe("open");
  let calls = 0;
  await expect(breaker.run(async () => (calls += 1))).rejects.toMatchObject({
    code: "service.circuit_open",
    retryable: true,
    retryAfterMs: 1000,
  });
  expect(calls).toBe(0);
});

test("after a while one call goes through to try: a success closes it, a failure opens it again", async () => {
  const { clock, breaker, fail } = clockwork();
  await fail(overloaded());
  await fail(overloaded());
  clock.ms = 1000;
  expect(breaker.state).toBe("half-open");
  await fail(overloaded());
  expect(breaker.state).toBe("open");
  clock.ms = 2000;
  const trial = Promise.withResolvers<string>();
  const first = breaker.run(() => trial.promise);
  await expect(breaker.run(async () => "second")).rejects.toMatchObject({
    code: "service.circuit_open",
  });
  trial.resolve("well");
  expect(await first).toBe("well");
  expect(breaker.state).toBe("closed");
});

test("a refusal, a used-up quota and an abort are no signs of illness", async () => {
  const { breaker, fail } = clockwork(1);
  await fail(blockedError("svc", "SAFETY"));
  await fail(quotaError("svc"));
  await fail(new DOMException("aborted", "AbortError"));
  expect(breaker.state).toBe("closed");
});
