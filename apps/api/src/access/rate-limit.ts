import { getConnInfo } from "@hono/node-server/conninfo";
import { TintypeError } from "@tintype/errors";
import type { Context, MiddlewareHandler } from "hono";

import type { AppEnvironment } from "../api-route.ts";

const windowMs = 60_000;

// Whoever comes from more addresses than this meets a limit of nobody's memory.
const maxClients = 100_000;

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Lets each client send so many requests a minute and tells it by the `RateLimit` headers; throws `access.too_many_requests` for more. */
export function rateLimit(
  perMinute: number,
  now: () => number = Date.now,
): MiddlewareHandler<AppEnvironment> {
  const windows = new Map<string, Window>();
  return async (context, next) => {
    if (perMinute === 0) return next();
    const window = currentWindow(windows, clientOf(context), now());
    window.used += 1;
    const left = Math.max(0, perMinute - window.used);
    const seconds = Math.ceil((window.endsAt - now()) / 1000);
    // In the form of the IETF's draft: policy and state, each under the policy's name.
    context.header("ratelimit-policy", `"minute";q=${perMinute};w=${windowMs / 1000}`);
    context.header("ratelimit", `"minute";r=${left};t=${seconds}`);
    if (window.used > perMinute) throw tooMany(perMinute, window.endsAt - now());
    return next();
  };
}

function currentWindow(windows: Map<string, Window>, client: string, time: number): Window {
  const current = windows.get(client);
  if (current !== undefined && current.endsAt > time) return current;
  const started = { endsAt: time + windowMs, used: 0 };
  // Moved to the end: the first ones are the oldest.
  windows.delete(client);
  windows.set(client, started);
  for (const [oldest, { endsAt }] of windows) {
    if (endsAt > time && windows.size <= maxClients) break;
    windows.delete(oldest);
  }
  return started;
}

/** The key that was presented, or the address that the request came from. */
function clientOf(context: Context<AppEnvironment>): string {
  const client = context.get("client");
  if (client !== undefined) return client;
  // An app that is called without a server has no connection.
  return "incoming" in Object(context.env)
    ? (getConnInfo(context).remote.address ?? "unknown")
    : "unknown";
}

function tooMany(perMinute: number, waitMs: number): TintypeError {
  return new TintypeError({
    kind: "unavailable",
    code: "access.too_many_requests",
    message: `More than ${perMinute} requests came within a minute. Wait as long as Retry-After says.`,
    details: { perMinute },
    retryable: true,
    retryAfterMs: waitMs,
  });
}
