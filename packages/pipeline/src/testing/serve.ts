import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

/** Answers a request, at once or later. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A web server on this machine, for the length of a test; gives its port. */
export async function serve(listener: Listener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
