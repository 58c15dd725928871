import { TintypeError } from "@tintype/errors";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { callWithRetries, defaultRetryPolicy, type RetryPolicy } from "../index.ts";
import { invalidAnswerError, overloadedError, quotaError } from "./service-errors.ts";

const overloaded = () => overloadedError("svc");

/** A policy that writes its waits down instead of waiting. */
function diary(policy: Partial<RetryPolicy> = {}) {
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  return { waits, policy: { ...defaultRetryPolicy, wait, ...policy } };
}

/** Fails as told, then succeeds; counts its calls. */
function flaky(...failures: readonly (() => Error)[]) {
  const calls = { count: 0 };
  const attempt = async () => {
    const failure = failures[calls.count];
    calls.count += 1;
    if (failure) throw failure();
    return "done";
  };
  return { calls, attempt };
}

describe("a call with retries", () => {
  test("goes on after failures that may pass, with waits that grow", async () => {
    const { waits, policy } = diary();
    const { calls, attempt } = flaky(overloaded, overloaded, overloaded);
    expect(await callWithRetries("svc", policy, attempt)).toBe("done");
    expect(calls.count).toBe(4);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(1000 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(2000 * 2 ** index);
    }
  });

  test("gives up after as many retries as it was told, with the last failure", async () => {
    const { policy } = diary({ maxRetries: 1 });
    const last = overloaded();
    const { calls, attempt } = flaky(overloaded, () => last);
    await expect(callWithRetries("svc", policy, attempt)).rejects.toBe(last);
    expect(calls.count).toBe(2);
  });

  test("does not try again what would fail again", async () => {
    for (const failure of [invalidAnswerError("svc"), new RangeError("a fault")]) {
      const { policy, waits } = diary();
      const { calls, attempt } = flaky(() => failure);
      await expect(callWithRetries("svc", policy, attempt)).rejects.toBe(failure);
      expect([calls.count, waits]).toEqual([1, []]);
    }
  });

  test("waits at least as long as the service asks for", async () => {
    const { waits, policy } = diary({ deadlineMs: 600_000 });
    const { attempt } = flaky(() => quotaError("svc", { retryAfterMs: 59_000 }));
    await callWithRetries("svc", policy, attempt);
    expect(waits).toEqual([59_000]);
  });

  test("does not begin a wait that would pass the deadline", async () => {
    const { waits, policy } = diary({ deadlineMs: 50_000 });
    const { calls, attempt } = flaky(() => quotaError("svc", { retryAfterMs: 59_000 }));
    await expect(callWithRetries("svc", policy, attempt)).rejects.toMatchObject({
      code: "service.quota",
      retryAfterMs: 59_000,
    });
    expect([calls.count, waits]).toEqual([1, []]);
  });

  test("ends a try that takes too long, and tries again", async () => {
    const { policy } = diary({ attemptTimeoutMs: 5 });
    let calls = 0;
    const hanging = (signal: AbortSignal) => {
      calls += 1;
      return calls < 3 ? hang(signal) : Promise.resolve("done");
    };
    expect(await callWithRetries("svc", policy, hanging)).toBe("done");
    expect(calls).toBe(3);
  });

  test("ends at the deadline, wherever it is", async () => {
    const { policy } = diary({ deadlineMs: 5 });
    await expect(callWithRetries("svc", policy, hang)).rejects.toMatchObject({
      code: "service.timed_out",
      details: { timeoutMs: 5 },
    });
  });

  test("rejects with an abort's own reason, during a try and during a wait", async () => {
    const reason = new Error("enough");
    const trying = new AbortController();
    const call = callWithRetries("svc", defaultRetryPolicy, hang, trying.signal);
    trying.abort(reason);
    await expect(call).rejects.toBe(reason);

    const waiting = new AbortController();
    const { calls, attempt } = flaky(overloaded);
    const wait = async (_ms: number, signal: AbortSignal) => {
      waiting.abort(reason);
      return hang(signal);
    };
    const policy = { ...defaultRetryPolicy, wait };
    await expect(callWithRetries("svc", policy, attempt, waiting.signal)).rejects.toBe(reason);
    expect(calls.count).toBe(1);
  });

  test("never makes more tries than allowed, nor a wait of its own that is longer than allowed", async () => {
    const failures = fc.array(
      fc.constantFrom(
        overloaded,
        () => new TintypeError({ kind: "upstream", code: "a.b", message: "no" }),
      ),
      {
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(failures, fc.nat(5), async (row, maxRetries) => {
        const { waits, policy } = diary({ maxRetries, maxDelayMs: 4000 });
        const { calls, attempt } = flaky(...row);
        await callWithRetries("svc", policy, attempt).catch(() => undefined);
        expect(calls.count).toBeLessThanOrEqual(maxRetries + 1);
        expect(Math.max(0, ...waits)).toBeLessThanOrEqual(4000);
      }),
    );
  });
});

/** Work that ends with its signal alone. */
function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(new DOMException("This operation was aborted", "AbortError"));
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
  });
}
