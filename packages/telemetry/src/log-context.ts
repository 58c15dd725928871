import { AsyncLocalStorage } from "node:async_hooks";

import { trace } from "@opentelemetry/api";

/** What every line says that is written while some work is done. */
export interface LogContext {
  readonly requestId?: string;
  readonly jobId?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();

/** Runs work whose every log line carries these ids, besides those that stand already. */
export function withLogContext<Result>(context: LogContext, work: () => Result): Result {
  return contexts.run({ ...contexts.getStore(), ...context }, work);
}

/** The ids of the work that is being done, with its trace's where one is recorded. */
export function currentLogContext(): LogContext & {
  readonly traceId?: string;
  readonly spanId?: string;
} {
  const span = trace.getActiveSpan()?.spanContext();
  return { ...contexts.getStore(), ...(span && { traceId: span.traceId, spanId: span.spanId }) };
}
