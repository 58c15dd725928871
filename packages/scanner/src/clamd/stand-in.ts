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
  const body: Buffer[] = [];
  let command: string | undefined;
  socket.on("data", (part: Buffer) => {
    received = Buffer.concat([received, part]);
    if (command === undefined) {
      const end = received.indexOf(0);
      if (end === -1) return;
      command = received.toString("latin1", 0, end);
      received = received.subarray(end + 1);
      if (command === "zPING") return void socket.end("PONG\0");
      if (command !== "zINSTREAM") return void socket.end("UNKNOWN COMMAND\0");
    }
    while (received.length >= 4) {
      const length = received.readUInt32BE(0);
      if (length === 0) return void socket.end(`${verdictOn(Buffer.concat(body))}\0`);
      if (received.length < 4 + length) return;
      body.push(received.subarray(4, 4 + length));
      received = received.subarray(4 + length);
      if (body.reduce((sum, { length: bytes }) => sum + bytes, 0) > maxBytes) {
        socket.pause().end("INSTREAM size limit exceeded. ERROR\0");
        return;
      }
    }
  });
}

function verdictOn(body: Buffer): string {
  return body.includes(eicar()) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
}
