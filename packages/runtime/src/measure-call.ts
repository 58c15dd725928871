import type { ServiceCall } from "@tintype/generators";
import type { Metrics } from "@tintype/telemetry";

/** Counts one request to a paid service. */
export function measureCall(
  { service, outcome, cost, tokens }: ServiceCall,
  metrics: Pick<Metrics, "api4aiCalled" | "generatorCalled">,
): void {
  const isSuccess = outcome === "ok";
  if (service === "api4ai") {
    metrics.api4aiCalled(isSuccess ? "success" : "failure");
    return;
  }
  metrics.generatorCalled({
    generator: service,
    failure: isSuccess ? undefined : outcome,
    inputTokens: tokens?.input,
    outputTokens: tokens?.output,
    costUsd: cost,
  });
}
