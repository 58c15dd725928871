import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";

const state = z.strictObject({
  ok: z.boolean(),
  message: z.string().optional(),
});

const health = z
  .strictObject({
    status: z.enum(["healthy", "unhealthy"]),
    storage: state,
    work: z.strictObject({
      running: z.int().describe("Pictures in work."),
      waiting: z.int().describe("Pictures that wait for their turn."),
      pixels: z.int().describe("Pixels of all pictures in work."),
    }),
  })
  .meta({ id: "Health" });

/** Says whether the service can work. */
export const healthRoute: RouteFactory = ({ storage, pipeline }) => ({
  method: "get",
  path: "/health",
  operation: {
    summary: "Whether the service can work",
    tags: ["Service"],
    responses: {
      200: { description: "It can.", content: { "application/json": { schema: health } } },
      503: { description: "It can't.", content: { "application/json": { schema: health } } },
    },
  },
  async handle(context) {
    const stored = await storage.health();
    const body: z.output<typeof health> = {
      status: stored.ok ? "healthy" : "unhealthy",
      storage: stored,
      work: pipeline.admission.state(),
    };
    return context.json(body, stored.ok ? 200 : 503);
  },
});
