import {
  context,
  propagation,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from "@opentelemetry/api";

const tracer = () => trace.getTracer("tintype");

/** Runs work inside of a span, which tells its failure; costs next to nothing where no OpenTelemetry SDK is registered. */
export async function withSpan<Result>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // Messages may name what a trace should not: the code is enough to find them in the log.
      const { code } = Object(error) as { readonly code?: unknown };
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: typeof code === "string" ? code : "internal",
      });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The place in the current trace as headers or a job's fields carry it: empty where nothing is traced. */
export function traceCarrier(): Readonly<Record<string, string>> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** Runs work as a part of the trace that a carrier names, such as a request's headers or a job's fields. */
export function withTraceCarrier<Result>(
  carrier: Readonly<Record<string, string>>,
  work: () => Result,
): Result {
  return context.with(propagation.extract(context.active(), carrier), work);
}
