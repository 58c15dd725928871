import { once } from "node:events";
import { createServer, type Socket } from "node:net";

import { describe, expect, test } from "vitest";

import { scannerContract } from "../contract/scanner-contract.ts";
import { eicar } from "../eicar.ts";
import { createClamdScanner, type ClamdOptions } from "./create-clamd-scanner.ts";
import { answerCommand, startStandIn } from "./stand-in.ts";

const limits = { maxBytes: 50_000_000, timeoutMs: 10_000, maxConnections: 2 };

async function scannerFor(
  standIn: Parameters<typeof startStandIn>[0],
  options: Partial<ClamdOptions> = {},
) {
  return createClamdScanner({ address: await startStandIn(standIn), ...limits, ...options });
}

scannerContract("the clamd client", {
  create: async ({ maxBytes }) => scannerFor({}, { maxBytes }),
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

function unscanned(reason: string) {
  return { verdict: "unscanned", reason };
}

describe("a clamd", () => {
  test("that refuses a stream in the middle of it has not scanned it", async () => {
    const scanner = await scannerFor({ maxBytes: 1_000_000 });
    const bodies = [new Uint8Array(5_000_000), new Blob([new Uint8Array(5_000_000)]).stream()];
    for (const body of bodies) expect(await scanner.scan(body)).toEqual(unscanned("too_large"));
  });

  test("that nobody reaches leaves files unscanned, and is not healthy", async () => {
    const address = { host: "127.0.0.1", port: await closedPort() };
    for (const scanner of [
      createClamdScanner({ ...limits, address }),
      createClamdScanner({ ...limits, address: { socketPath: "/nowhere/clamd.sock" } }),
    ]) {
      expect(await scanner.scan(eicar())).toEqual(unscanned("unavailable"));
      expect(await scanner.health()).toEqual({
        ok: false,
        message: expect.not.stringContaining("nowhere") as string,
      });
    }
  });

  test.each<[string, (socket: Socket) => void]>([
    ["at once", (socket) => socket.destroy()],
    ["in the middle", (socket) => socket.once("data", () => socket.resetAndDestroy())],
    ["in the middle of its answer", (socket) => socket.once("data", () => socket.end("stream: O"))],
    ["after endless talk", (socket) => socket.once("data", () => socket.write("a".repeat(10_000)))],
  ])("that hangs up %s leaves the file unscanned", async (_when, onConnection) => {
    const scanner = await scannerFor({ onConnection });
    const body = new Blob([new Uint8Array(5_000_000)]).stream();
    expect(await scanner.scan(body)).toEqual(unscanned("unavailable"));
    expect(scanner.counts()).toEqual({ clean: 0, infected: 0, unscanned: 1 });
  });

  test("that hangs up while the file itself stalls ends the scan", async () => {
    const scanner = await scannerFor({
      onConnection: (socket) => socket.once("data", () => socket.destroy()),
    });
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => {}),
      cancel: () => void (isCancelled = true),
    });
    expect(await scanner.scan(body)).toEqual(unscanned("unavailable"));
    expect(isCancelled).toBe(true);
  });

  test("that never answers leaves files unscanned when their time is over, also those that wait", async () => {
    const scanner = await scannerFor({ onConnection: () => {} }, { timeoutMs: 100 });
    const bodies = Array.from({ length: 5 }, () => new Blob([eicar() as never]).stream());
    const found = await Promise.all(bodies.map(async (body) => scanner.scan(body)));
    expect(found).toEqual(bodies.map(() => unscanned("timeout")));
    expect(scanner.counts()).toMatchObject({ unscanned: 5 });
  });

  test("gets no more scans at once than it has connections for", async () => {
    let [open, most] = [0, 0];
    const scanner = await scannerFor({
      onConnection: (socket, maxBytes) => {
        most = Math.max(most, (open += 1));
        // The client may know of the end before the server does.
        socket.once("prefinish", () => (open -= 1));
        answerCommand(socket, maxBytes);
      },
    });
    const found = Array.from({ length: 12 }, async () => scanner.scan(new Uint8Array(500_000)));
    expect(new Set((await Promise.all(found)).map(({ verdict }) => verdict))).toEqual(
      new Set(["clean"]),
    );
    expect(most).toBe(limits.maxConnections);
  });
});
