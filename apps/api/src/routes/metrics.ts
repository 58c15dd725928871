import type { RouteFactory } from "../api-route.ts";

/** Gives metrics out on the API's own port. */
export const metricsRoute: RouteFactory = ({ metrics }) => ({
  method: "get",
  path: "/metrics",
  scope: "admin",
  operation: {
    summary: "Metrics for Prometheus",
    tags: ["Service"],
    responses: { 200: { description: "The metrics.", content: { "text/plain": {} } } },
  },
  handle: async (context) =>
    context.body(await metrics.render(), 200, { "content-type": metrics.contentType }),
});
