import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** What a server says to one request; `cut` breaks the connection in the middle of the body. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON. */
  readonly body?: object | string | Uint8Array;
  readonly cut?: true;
}

/** A server on this machine that answers as told until the test ends, and keeps what it received. */
export async function startScriptedServer(
  answer: (request: ReceivedRequest, index: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
): Promise<{ readonly url: string; readonly requests: readonly ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = [];
  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers } = incoming;
    const request = {
      method,
      url: new URL(url, "http://localhost"),
      headers,
      body: Buffer.concat(chunks),
    };
    send(response, await answer(request, requests.push(request) - 1));
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function send(response: ServerResponse, { status = 200, headers, body = "", cut }: ScriptedAnswer) {
  const isJson = typeof body === "object" && !(body instanceof Uint8Array);
  const bytes = Buffer.from(isJson ? JSON.stringify(body) : body);
  response.writeHead(status, {
    "content-type": isJson ? "application/json" : "text/html",
    "content-length": bytes.length + (cut ? 1 : 0),
    ...headers,
  });
  if (!cut) {
    response.end(bytes);
    return;
  }
  response.write(bytes, () => response.destroy());
}
