import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";

const monitoring = fileURLToPath(new URL("../deploy/monitoring/", import.meta.url));

/** What Prometheus' own checker complains about: nothing when it is content. */
function promtool(...words: readonly string[]): string {
  const program = process.env["TEST_PROMTOOL"];
  if (program === undefined)
    throw new Error("TEST_PROMTOOL is not set: run this amid tools/services.");
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "monitoring-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("Prometheus takes its settings and the alerts", () => {
  expect(
    promtool("check", "config", "--lint=all", "--lint-fatal", join(monitoring, "prometheus.yaml")),
  ).toBe("");
  expect(
    promtool("check", "rules", "--lint=all", "--lint-fatal", join(monitoring, "alerts.yaml")),
  ).toBe("");
});

test("Prometheus takes every expression of the dashboard", () => {
  const { panels } = JSON.parse(readFileSync(join(monitoring, "dashboard.json"), "utf8")) as {
    panels: { targets: { expr: string }[] }[];
  };
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const rules = expressions.map((expr, index) => ({
    record: `panel:${index}`,
    expr: expr.replaceAll("$__rate_interval", "5m"),
  }));
  const file = join(temporaryFolder(), "rules.yaml");
  writeFileSync(file, stringify({ groups: [{ name: "dashboard", rules }] }));
  expect(promtool("check", "rules", "--lint=none", file)).toBe("");
});

/** Series as promtool writes them: a value each minute. */
const incident = [
  { series: 'up{job="tintype-api",instance="a"}', values: "1 1 0x60" },
  { series: "queue_oldest_seconds", values: "0+60x60" },
  { series: 'http_requests_total{status="200"}', values: "0+90x60" },
  { series: 'http_requests_total{status="503"}', values: "0+10x60" },
  { series: 'malware_scan_verdicts{verdict="unscanned"}', values: "0+1x60" },
];

test("the alerts fire on an incident, and not before it lasts", () => {
  const folder = temporaryFolder();
  copyFileSync(join(monitoring, "alerts.yaml"), join(folder, "alerts.yaml"));
  const tests = [
    {
      interval: "1m",
      input_series: incident,
      promql_expr_test: [
        ...["TintypeDown", "TintypeAnswersFail", "TintypeQueueAge", "TintypeUnscanned"].map(
          (alertname) => ({
            expr: `count(ALERTS{alertname="${alertname}",alertstate="firing"})`,
            eval_time: "35m",
            exp_samples: [{ labels: "{}", value: 1 }],
          }),
        ),
        { expr: 'count(ALERTS{alertstate="firing"})', eval_time: "3m", exp_samples: [] },
      ],
    },
  ];
  const file = join(folder, "test.yaml");
  writeFileSync(file, stringify({ rule_files: ["alerts.yaml"], evaluation_interval: "1m", tests }));
  expect(promtool("test", "rules", file)).toBe("");
});
