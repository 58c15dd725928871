import { isTintypeError } from "@tintype/errors";
import type { Dependency } from "@tintype/runtime";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";

const checkSchema = z.strictObject({
  name: z.string(),
  state: z.enum(["up", "degraded", "down"]),
  latencyMs: z.int(),
  message: z.string().optional(),
});

const readiness = z
  .strictObject({
    status: z.enum(["ready", "degraded", "down"]),
    dependencies: z.array(checkSchema),
  })
  .meta({ id: "Readiness" });

const patienceMs = 5000;

/** Says of everything the service leans on whether it answers, and how fast. */
export const readyRoute: RouteFactory = ({ dependencies }) => ({
  method: "get",
  path: "/ready",
  operation: {
    summary: "Whether the service can be given work",
    tags: ["Service"],
    responses: {
      200: {
        description: "It can; `degraded` when something optional is missing.",
        content: { "application/json": { schema: readiness } },
      },
      503: {
        description: "Something that it needs does not answer.",
        content: { "application/json": { schema: readiness } },
      },
    },
  },
  async handle(context) {
    const checks = await Promise.all(dependencies.map(check));
    const status = (["down", "degraded"] as const).find((state) =>
      checks.some((one) => one.state === state),
    );
    // For the log: which, not that there is one.
    const down = checks.filter(({ state }) => state === "down").map(({ name }) => `${name}.down`);
    if (down.length > 0) context.set("code", down.join(" "));
    const body: z.output<typeof readiness> = { status: status ?? "ready", dependencies: checks };
    return context.json(body, status === "down" ? 503 : 200, { "cache-control": "no-store" });
  },
});

async function check(dependency: Dependency): Promise<z.output<typeof checkSchema>> {
  const { name, isRequired } = dependency;
  const start = performance.now();
  const late = AbortSignal.timeout(patienceMs);
  const silence = new Promise<{ ok: false; message: string }>((resolve) => {
    late.addEventListener("abort", () => resolve({ ok: false, message: "It does not answer." }));
  });
  const found = await Promise.race([
    dependency.health({ signal: late }).catch((error: unknown) => ({
      ok: false as const,
      message: isTintypeError(error) ? error.message : "It fails.",
    })),
    silence,
  ]);
  const latencyMs = Math.round(performance.now() - start);
  const { ok, message } = found;
  if (message === undefined) return { name, state: "up", latencyMs };
  return { name, state: isRequired && !ok ? "down" : "degraded", latencyMs, message };
}
