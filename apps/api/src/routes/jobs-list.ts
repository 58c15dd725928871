import { jobQuerySchema, jobSchema, type JobQuery } from "@tintype/jobs";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";

const page = z
  .strictObject({
    jobs: z.array(jobSchema),
    nextCursor: z.string().optional().describe("Leads to the next page; absent on the last."),
  })
  .meta({ id: "JobPage" });

/** Lists jobs, the newest first. */
export const listJobsRoute: RouteFactory = ({ jobs }) => ({
  method: "get",
  path: "/api/v1/jobs",
  operation: {
    summary: "List jobs",
    description: "The newest first, a page at a time. Those that failed are the dead letters.",
    tags: ["Jobs"],
    requestParams: { query: jobQuerySchema },
    responses: {
      200: { description: "A page.", content: { "application/json": { schema: page } } },
    },
  },
  async handle(context) {
    const queue = await jobs();
    return context.json(await queue.list(context.req.query() as JobQuery));
  },
});
