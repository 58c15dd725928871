import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

import { onTestFinished } from "vitest";

import { eicar } from "../eicar.ts";

/** Speaks the part of clamd's protocol that the client uses, as clamd 1.4 answers it; gives its address. */
export async function startStandIn({
  maxBytes = Number.POSITIVE_INFINITY,
  onConnection = answerCommand,
}: {
  /** As StreamMaxLength: what is longer is answered in the middle of it. */
  readonly maxBytes?: number;
  /** Replaces everything that the server does. */
  readonly onConnection?: (socket: Socket, maxBytes: number) => void;
} = {}): Promise<{ host: string; port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    onConnection(socket, maxBytes);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

/** Answers PING, or one INSTREAM. */
export function answerCommand(socket: Socket, maxBytes: number): void {
  let received = Buffer.alloc(0);
  socket.on("data", (part: Buffer) => {
    received = Buffer.concat([received, part]);
    const answer = answerTo(received, maxBytes);
    if (answer !== undefined) socket.pause().end(`${answer}\0`);
  });
}

/** The answer to what came so far; none while more must come. */
function answerTo(received: Buffer, maxBytes: number): string | undefined {
  const end = received.indexOf(0);
  if (end === -1) return undefined;
  const command = received.toString("latin1", 0, end);
  if (command === "zPING") return "PONG";
  if (command !== "zINSTREAM") return "UNKNOWN COMMAND";
  const chunks: Buffer[] = [];
  let size = 0;
  for (let at = end + 1; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return verdictOn(Buffer.concat(chunks));
    size += length;
    if (size > maxBytes) return "INSTREAM size limit exceeded. ERROR";
    at += 4 + length;
    chunks.push(received.subarray(at - length, at));
  }
  return undefined;
}

function verdictOn(body: Buffer): string {
  return body.includes(eicar()) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
}
