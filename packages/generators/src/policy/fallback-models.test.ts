import { expect, test } from "vitest";

import { withFallbackModels } from "../index.ts";
import { blockedError, overloadedError, unknownModelError } from "./service-errors.ts";

/** Calls models that fail as told, and lists those that were called. */
async function callEach(failures: Readonly<Record<string, Error>>) {
  const called: string[] = [];
  const call = async (model: string) => {
    called.push(model);
    if (failures[model]) throw failures[model];
    return model;
  };
  const outcome = await withFallbackModels(["a", "b", "c"], call).catch((error: unknown) => error);
  return { called, outcome };
}

test("the next model is asked when one is retired or overloaded", async () => {
  const failures = { a: unknownModelError("svc", "a", "MODEL"), b: overloadedError("svc") };
  expect(await callEach(failures)).toEqual({ called: ["a", "b", "c"], outcome: "c" });
});

test("a refusal that every model would share ends it", async () => {
  const blocked = blockedError("svc", "SAFETY");
  expect(await callEach({ a: blocked })).toEqual({ called: ["a"], outcome: blocked });
});

test("when no model answers, the first one's failure is told", async () => {
  const failures = {
    a: overloadedError("svc"),
    b: overloadedError("svc"),
    c: unknownModelError("svc", "c", "MODEL"),
  };
  expect(await callEach(failures)).toEqual({ called: ["a", "b", "c"], outcome: failures.a });
});
