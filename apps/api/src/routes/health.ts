import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";

const health = z
  .strictObject({
    status: z.literal("healthy"),
    work: z.strictObject({
      running: z.int().describe("Pictures in work."),
      waiting: z.int().describe("Pictures that wait for their turn."),
      pixels: z.int().describe("Pixels of all pictures in work."),
    }),
  })
  .meta({ id: "Health" });

/** Says that the service is alive, and how much it has in work. */
export const healthRoute: RouteFactory = ({ pipeline }) => ({
  method: "get",
  path: "/health",
  operation: {
    summary: "Whether the service is alive",
    tags: ["Service"],
    responses: {
      200: { description: "It is.", content: { "application/json": { schema: health } } },
    },
  },
  handle(context) {
    const body: z.output<typeof health> = {
      status: "healthy",
      work: pipeline.admission.state(),
    };
    return context.json(body);
  },
});
