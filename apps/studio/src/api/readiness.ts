import { texts } from "../texts.ts";
import type { Readiness } from "./answers.ts";
import { ApiFailure, isAbort } from "./api-failure.ts";
import { noteSilence } from "./connection.ts";

/** What the service leans on, and whether it answers: an answer of 503 says that too. */
export async function readiness(signal: AbortSignal): Promise<Readiness> {
  const answer = await fetch("/ready", { signal, cache: "no-store" }).catch((error: unknown) => {
    if (isAbort(error)) throw error;
    noteSilence();
    throw new ApiFailure(texts.connection.down);
  });
  return (await answer.json()) as Readiness;
}
