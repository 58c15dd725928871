import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { describe, expect, onTestFinished, test } from "vitest";

import { openConnection } from "./open-connection.ts";

const answer = "INSTREAM size limit exceeded. ERROR";

/** A server in a thread of its own that answers the first bytes, and then hangs up on all others unread. */
const hangingUp = `
const { createServer } = require("node:net");
const { parentPort, workerData } = require("node:worker_threads");
const hungUp = new Int32Array(workerData);
const server = createServer((socket) => {
  socket.on("error", () => {}).once("data", () => {
    socket.pause().write(${JSON.stringify(`${answer}\0`)}, () => {
      socket.resetAndDestroy();
      setImmediate(() => {
        Atomics.store(hungUp, 0, 1);
        Atomics.notify(hungUp, 0);
      });
    });
  });
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

describe("a connection", () => {
  test("gives the answer of a server that hung up before the next write", async () => {
    const shared = new SharedArrayBuffer(4);
    const server = new Worker(hangingUp, { eval: true, workerData: shared });
    onTestFinished(async () => void (await server.terminate()));
    const [port] = (await once(server, "message")) as [number];

    const connection = openConnection({ host: "127.0.0.1", port });
    await connection.write(Buffer.alloc(1000));
    // The answer and the end arrive while this thread stands still, so that the write is what it does next.
    expect(Atomics.wait(new Int32Array(shared), 0, 0, 10_000)).not.toBe("timed-out");
    await connection.write(Buffer.alloc(100_000));
    await connection.write(Buffer.alloc(100_000));
    expect(await connection.answer).toBe(answer);
  });
});
