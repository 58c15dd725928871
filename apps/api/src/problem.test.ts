import { errorKinds, TintypeError } from "@tintype/errors";
import { expect, test } from "vitest";

import { problemHeaders, problemOf, problemSchema } from "./problem.ts";

test.each(errorKinds)("a failure of kind %s has a status and a title of its own", (kind) => {
  const problems = errorKinds.map((each) =>
    problemOf(new TintypeError({ kind: each, code: "a.b", message: "Do this." }), "r"),
  );
  const problem = problems[errorKinds.indexOf(kind)];
  expect(problemSchema.parse(problem)).toMatchObject({ detail: "Do this.", code: "a.b" });
  expect(problem?.status).toBeGreaterThanOrEqual(400);
  expect(problems.filter(({ title }) => title === problem?.title)).toHaveLength(1);
  expect(problems.filter(({ status }) => status === problem?.status)).toHaveLength(1);
});

test("what a failure knows goes along, but never its cause", () => {
  const error = new TintypeError({
    kind: "unavailable",
    code: "a.b",
    message: "Try again.",
    details: { waiting: 3 },
    retryable: true,
    retryAfterMs: 1500,
    cause: new Error("secret"),
  });
  expect(problemOf(error, "r")).toMatchObject({ details: { waiting: 3 }, retryable: true });
  expect(JSON.stringify(problemOf(error, "r"))).not.toContain("secret");
  expect(problemHeaders(error)).toMatchObject({ "retry-after": "2" });
});

test.each([new Error("secret"), "secret", undefined, { message: "secret" }])(
  "a fault that nobody named tells nothing: %s",
  (fault) => {
    const problem = problemOf(fault, "r");
    expect(problem).toMatchObject({ status: 500, code: "internal", requestId: "r" });
    expect(JSON.stringify(problem)).not.toContain("secret");
    expect(problemHeaders(fault)).not.toHaveProperty("retry-after");
  },
);
