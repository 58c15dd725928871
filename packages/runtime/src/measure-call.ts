import type { ServiceCall } from "@tintype/generators";
import type { Metrics } from "@tintype/telemetry";

/** Counts one request to a paid service. */
export function measureCall(
  { service, outcome, cost, tokens }: ServiceCall,
  metrics: Pick<Metrics, "api4aiCalled" | "generatorCalled">,
): void {
  const came = outcome === "ok" ? "success" : "failure";
  if (service === "api4ai") {
    metrics.api4aiCalled(came);
    return;
  }
  metrics.generatorCalled({
    generator: service,
    outcome: came,
    inputTokens: tokens?.input,
    outputTokens: tokens?.output,
    costUsd: cost,
  });
}
