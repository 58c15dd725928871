import { parser } from "@prometheus-io/lezer-promql";

/** What an expression of PromQL asks for. */
export interface PromqlNames {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
  /** Whether it is an expression at all. */
  readonly isValid: boolean;
}

/** The metrics and labels that an expression names; variables of Grafana may stand in it. */
export function promqlNames(written: string): PromqlNames {
  const expression = written.replaceAll("$__rate_interval", "5m");
  const [metrics, labels] = [new Set<string>(), new Set<string>()];
  let isValid = true;
  parser.parse(expression).iterate({
    enter({ name, type, from, to }) {
      if (type.isError) isValid = false;
      if (name === "Identifier") metrics.add(expression.slice(from, to));
      if (name === "LabelName") labels.add(expression.slice(from, to));
    },
  });
  return { metrics: [...metrics], labels: [...labels], isValid };
}
