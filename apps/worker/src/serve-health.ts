import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";
import type { Metrics } from "@tintype/telemetry";

/** Whether something can be used. */
interface Health {
  readonly ok: boolean;
  readonly message?: string;
}

/** What a worker tells of itself. */
interface WorkerState {
  readonly storage: Health;
  readonly database: Health;
  readonly work: { readonly running: number; readonly done: number };
}

/** What is told by HTTP. */
export interface Told {
  readonly metrics: Metrics;
  readonly state: () => Promise<WorkerState>;
}

/** A server for those who watch over a worker. */
export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers `GET /health` (200 or 503) and `GET /metrics`. */
export async function serveHealth(
  { server: { host }, jobs: { healthPort } }: Settings,
  { metrics, state }: Told,
): Promise<HealthServer> {
  const answer = async (path: string | undefined, response: ServerResponse) => {
    if (path === "/metrics") {
      response.writeHead(200, { "content-type": metrics.contentType });
      return response.end(await metrics.render());
    }
    if (path !== "/health") return response.writeHead(404).end();
    const told = await state();
    const isHealthy = told.storage.ok && told.database.ok;
    const body = { status: isHealthy ? "healthy" : "unhealthy", ...told };
    response.writeHead(isHealthy ? 200 : 503, { "content-type": "application/json" });
    return response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    answer(request.url, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(cannotListen(healthPort, cause)));
    server.listen(healthPort, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "worker.cannot_listen",
    message: `Can't listen on port ${port} (${cause.code}). Set WORKER_PORT to another one, or to 0 for any free one.`,
    cause,
  });
}
