import { hasEnded } from "@tintype/jobs";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { eventStream } from "../jobs/event-stream.ts";

/** Follows a job by server-sent events. */
export const jobEventsRoute: RouteFactory = ({ jobs }) => ({
  method: "get",
  path: "/api/v1/jobs/:id/events",
  operation: {
    summary: "Follow a job",
    description:
      "Server-sent events of the name `job`, each with the job as JSON: as it is now, and after each change until it has ended.",
    tags: ["Jobs"],
    requestParams: {
      path: z.object({ id: z.string() }),
      header: z.object({
        "Last-Event-ID": z.string().optional().describe("Go on after this event."),
      }),
    },
    responses: {
      200: { description: "The events.", content: { "text/event-stream": {} } },
      204: { description: "The job has ended, and the client has seen that." },
    },
  },
  async handle(context) {
    const queue = await jobs();
    const id = context.req.param("id") ?? "";
    const after = Number(context.req.header("last-event-id") ?? 0) || 0;
    const job = await queue.get(id);
    // The one answer after which a browser does not come again.
    if (hasEnded(job) && job.revision <= after) return context.body(null, 204);
    const end = new AbortController();
    const changes = queue.watch(id, { after, signal: end.signal });
    return context.body(eventStream(changes, end), 200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // Proxies that gather answers would keep events back.
      "x-accel-buffering": "no",
    });
  },
});
