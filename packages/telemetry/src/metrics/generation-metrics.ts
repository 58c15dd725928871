import { boundedLabel } from "./bounded-label.ts";
import type { Instruments } from "./instruments.ts";

/** One request to the service of a generator of pictures. */
export interface GeneratorCall {
  readonly generator: string;
  readonly outcome: "success" | "failure";
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly costUsd?: number | undefined;
}

/** What the services of others were asked for, and what it cost. */
export function generationMetrics({ counter }: Instruments) {
  const api4ai = counter("api4ai_calls_total", "Calls of API4AI.", ["outcome"]);
  const calls = counter("generator_calls_total", "Requests to generators' services.", [
    "generator",
    "outcome",
  ]);
  const tokens = counter("generator_tokens_total", "Tokens that generators counted.", [
    "generator",
    "direction",
  ]);
  const cost = counter("generator_cost_usd_total", "Cost of generators.", ["generator"]);
  const successes = counter("generation_success_total", "Pictures generated.");
  const failures = counter("generation_failure_total", "Pictures not generated.", ["reason"]);
  const [label, reason] = [boundedLabel(20), boundedLabel(60)];

  return {
    api4aiCalled(outcome: "success" | "failure") {
      api4ai.inc({ outcome });
    },

    generatorCalled({
      outcome,
      inputTokens = 0,
      outputTokens = 0,
      costUsd = 0,
      ...call
    }: GeneratorCall) {
      const generator = label(call.generator);
      calls.inc({ generator, outcome });
      tokens.inc({ generator, direction: "input" }, inputTokens);
      tokens.inc({ generator, direction: "output" }, outputTokens);
      cost.inc({ generator }, costUsd);
    },

    picturesGenerated(count: number) {
      successes.inc(count);
    },

    /** `why` is an error's code. */
    pictureNotGenerated(why: string) {
      failures.inc({ reason: reason(why) });
    },
  };
}
