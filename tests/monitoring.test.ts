import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { sampleMetrics } from "../packages/telemetry/src/metrics/sample-metrics.ts";
import { promqlNames } from "../tools/promql-names.ts";

/** The text of a file of `deploy`. */
const read = (path: string) => readFileSync(new URL(`../deploy/${path}`, import.meta.url), "utf8");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number };
  readonly targets: readonly { readonly expr: string }[];
}
interface Trigger {
  readonly type: string;
  readonly metadata: { readonly query: string; readonly threshold: string };
}

const { groups } = parse(read("monitoring/alerts.yaml")) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read("monitoring/dashboard.json")) as { panels: Panel[] };
const scaled = parseAllDocuments(read("kubernetes/worker.yaml"))
  .map((document) => document.toJS() as { kind: string; spec: { triggers: Trigger[] } })
  .find(({ kind }) => kind === "ScaledObject");
const triggers = scaled?.spec.triggers ?? [];

const expressions = [
  ...rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => [`panel ${title}`, expr] as const),
  ),
  ...triggers.map(({ metadata }) => ["autoscaling", metadata.query] as const),
];

const exposed = await sampleMetrics().render();
/** Every series that the service gives out, and what Prometheus itself adds. */
const series = new Set([...exposed.matchAll(/^([a-z]\w*)/gmu)].map(([, name]) => name));
const labels = new Set([...exposed.matchAll(/[{,](\w+)="/gu)].map(([, name]) => name));
for (const name of ["job", "instance"]) labels.add(name);
series.add("up");

describe.each(expressions)("%s", (_where, expression) => {
  const names = promqlNames(expression);

  test("is an expression that names something", () => {
    expect(names).toMatchObject({ isValid: true });
    expect(names.metrics.length).toBeGreaterThan(0);
  });

  test("asks for metrics and labels that there are", () => {
    expect(names.metrics.filter((name) => !series.has(name))).toEqual([]);
    expect(names.labels.filter((name) => !labels.has(name))).toEqual([]);
  });
});

test("an expression that asks for what is not there is noticed", () => {
  expect(promqlNames("sum(rate(jobs_done_total{who='x'}[5m])")).toEqual({
    metrics: ["jobs_done_total"],
    labels: ["who"],
    isValid: false,
  });
});

test("workers are as many as the jobs that wait and run ask for", () => {
  const states = triggers.map(({ metadata }) => /state="(\w+)"/u.exec(metadata.query)?.[1]);
  expect(states).toEqual(["queued", "running"]);
});

test("every alert says what happened and what to do, and whom it wakes", () => {
  for (const { labels: given, annotations } of rules) {
    expect(given.severity).toMatch(/^(?:page|ticket)$/u);
    expect(Object.keys(annotations)).toEqual(["summary", "action"]);
  }
});

test("the dashboard's panels have ids and places of their own", () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
});

test.each(["deployment", "operations"])("the page on %s names metrics that there are", (page) => {
  const text = read(`../docs/${page}.md`);
  const named = [...text.matchAll(/`([a-z\d]+(?:_[a-z\d]+)+)(?:\{.*?\})?`/gu)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !series.has(name))).toEqual([]);
});
