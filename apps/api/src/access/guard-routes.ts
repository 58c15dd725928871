import type { Runtime } from "@tintype/runtime";
import type { Hono } from "hono";

import type { ApiRoute, AppEnvironment } from "../api-route.ts";
import { keysOf, type Scope } from "./keyring.ts";
import { rateLimit } from "./rate-limit.ts";
import { requireScope } from "./require-scope.ts";

/** Puts the key and the rate limit before every route that is not for everyone; register it before the routes themselves. */
export function guardRoutes(
  app: Hono<AppEnvironment>,
  routes: readonly ApiRoute[],
  { settings: { access } }: Runtime,
): void {
  const keys = keysOf(access);
  const limit = rateLimit(access.requestsPerMinute);
  for (const route of routes) {
    const scope = route.scope ?? usualScope(route);
    if (scope === "everyone") continue;
    app.on(route.method.toUpperCase(), route.path, requireScope(keys, scope), limit);
  }
}

/** Under `/api/` reading wants `read` and everything else `process`; the rest of the addresses are for everyone. */
function usualScope({ method, path }: ApiRoute): Scope | "everyone" {
  if (!path.startsWith("/api/")) return "everyone";
  return method === "get" ? "read" : "process";
}
