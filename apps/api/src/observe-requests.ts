import type { Runtime } from "@tintype/runtime";
import { withLogContext, withSpan, withTraceCarrier } from "@tintype/telemetry";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";

import type { AppEnvironment } from "./api-route.ts";

/** What is asked for all the time, and says nothing when it goes well. */
const quietRoutes: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);

/** Makes every request a line in the log, a span in a trace, and counts it by its route and status. */
export function observeRequests({
  logger,
  metrics,
}: Pick<Runtime, "logger" | "metrics">): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    const { method, path } = context.req;
    const start = performance.now();
    await withLogContext({ requestId: context.get("requestId") }, async () =>
      withTraceCarrier(carrierOf(context), async () =>
        withSpan(`HTTP ${method}`, { "http.request.method": method }, async (span) => {
          await next();
          const [route, { status }] = [routeOf(context), context.res];
          const ms = performance.now() - start;
          span.updateName(`${method} ${route}`);
          span.setAttributes({ "http.route": route, "http.response.status_code": status });
          metrics.requestAnswered({ method, route, status, seconds: ms / 1000 });
          // The path without its query, where signatures are.
          const [client, code] = [context.get("client"), context.get("code")];
          const facts = { method, path, status, ms: Math.round(ms), client, code };
          logger[levelOf(route, status)](facts, "Answered.");
        }),
      ),
    );
  };
}

function levelOf(route: string, status: number): "debug" | "info" | "warn" {
  if (status >= 500) return "warn";
  return quietRoutes.has(route) ? "debug" : "info";
}

/** The pattern of the route that answered, which is the first that fits; one word for all that are none. */
function routeOf(context: Context): string {
  const route = matchedRoutes(context).find(({ path }) => !path.endsWith("*"));
  return route?.path ?? "none";
}

function carrierOf({ req }: Context): Record<string, string> {
  const names = ["traceparent", "tracestate", "baggage"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = req.header(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
