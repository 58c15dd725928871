import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { getRequestListener } from "@hono/node-server";
import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";
import { createRuntime, startWorker, type Runtime, type RuntimeOverrides } from "@tintype/runtime";

import { assertGuarded } from "./access/assert-guarded.ts";
import { createApp, type AppEvents } from "./create-app.ts";
import { createMetricsServer } from "./metrics-server.ts";
import { problemHeaders, problemOf } from "./problem.ts";

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  /** Takes no more connections and waits for the requests under way, at most this long. */
  stop(graceMs: number): Promise<void>;
}

/** Longer than load balancers keep theirs, or they would send a request into a connection that is being closed. */
const keepAliveMs = 75_000;

/** Listens, and answers with the app as soon as its services are ready. */
export async function serve(
  settings: Settings,
  events: AppEvents,
  overrides: RuntimeOverrides = {},
): Promise<RunningServer> {
  assertGuarded(settings);
  const server = createServer({ keepAliveTimeout: keepAliveMs });
  await listen(server, settings.server);
  const { port } = server.address() as AddressInfo;
  // Slow clients are cut off by Node's own time limits for headers and whole requests.
  const ready = createRuntime(settings, { ...overrides, port }).then(async (runtime) => {
    try {
      // The schema is made or renewed before the first request.
      await runtime.jobs();
      const answer = getRequestListener(createApp(runtime, events).fetch, { errorHandler: refuse });
      const metrics = await startMetrics(runtime);
      const worker = settings.jobs.inApi ? await startWorker(runtime) : undefined;
      return { runtime, metrics, worker, answer };
    } catch (error) {
      await runtime.close();
      throw error;
    }
  });
  server.on("request", (request, response) => {
    // A connection that is kept alive would hold a server that stops for seconds after its last answer.
    response.once("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
    ready.then(
      async ({ answer }) => answer(request, response),
      () => response.destroy(),
    );
  });
  try {
    const { runtime, metrics, worker } = await ready;
    return {
      url: runtime.url,
      async stop(graceMs) {
        await Promise.all([stop(server, graceMs), worker?.stop(graceMs)]);
        metrics?.close();
        await runtime.close();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

/** The server of metrics, where settings ask for one. */
async function startMetrics({ settings, metrics }: Runtime): Promise<Server | undefined> {
  const { enabled, port } = settings.observability;
  if (!enabled) return undefined;
  const server = createMetricsServer(metrics);
  await listen(server, { host: settings.server.host, port }, "METRICS_PORT");
  return server;
}

/** The answer to a request that never reaches the app, mostly as its address is none. */
function refuse(cause: unknown): Response {
  const isAddress = cause instanceof Error && cause.name === "RequestError";
  const error = isAddress
    ? new TintypeError({
        kind: "invalid_input",
        code: "request.invalid",
        message: "The request's address or its Host header is not valid.",
        cause,
      })
    : cause;
  const problem = problemOf(error, randomUUID());
  return Response.json(problem, { status: problem.status, headers: problemHeaders(error) });
}

function listen(
  server: Server,
  { host, port }: Pick<Settings["server"], "host" | "port">,
  setting = "PORT",
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(
        new TintypeError({
          kind: "configuration",
          code: "server.cannot_listen",
          message:
            cause.code === "EADDRINUSE"
              ? `Port ${port} is taken. Set ${setting} to another one, or to 0 for any free one.`
              : `Can't listen on ${host}, port ${port} (${cause.code}). Set HOST and ${setting}.`,
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
