import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";

import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";

import {
  arbitraryRequest,
  type FuzzedRequest,
  type Known,
  type OpenApiDocument,
} from "./testing/arbitrary-request.ts";
import { cutout } from "./testing/pictures.ts";
import { startServer, type ServerProcess } from "./testing/server-process.ts";
import { formOf } from "./testing/test-app.ts";

// Longer ones are for whoever hunts: FUZZ_SECONDS=600.
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 12);

/** Small pictures and short work: what is sought is what breaks, not how much it can do. */
const settings = {
  MAX_PIXELS: "1_000_000",
  MAX_SIDE: "2000",
  PROCESSING_TIMEOUT: "5s",
  METRICS_ON_API: "true",
  URL_FETCH_ALLOW_HOSTS: "nobody.invalid",
  WORKER_CONCURRENCY: "1",
};

async function documentOf({ url }: ServerProcess): Promise<OpenApiDocument> {
  return (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;
}

/** Something of each kind that a route may name. */
async function knownAt({ url }: ServerProcess): Promise<Known> {
  const picture = await cutout();
  const uploaded = await fetch(`${url}/api/v1/images/upload`, {
    method: "POST",
    body: formOf({ files: picture }),
  });
  const { files } = (await uploaded.json()) as { files: { image: { id: string } }[] };
  const made = await fetch(`${url}/api/v1/process-image`, {
    method: "POST",
    body: formOf({ image: picture }),
  });
  const { variants } = (await made.json()) as { variants: Record<string, { key: string }> };
  const keys = Object.values(variants).map(({ key }) => key);
  return {
    parameters: {
      id: files.map(({ image }) => image.id),
      key: keys,
      address: [`unsafe/rs:fit:20:20/plain/${keys[0] ?? ""}@webp`],
    },
    pictures: [picture, picture.subarray(0, 300)],
  };
}

async function send({ url }: ServerProcess, request: FuzzedRequest): Promise<[Response, string]> {
  const { method, path, headers, body = null } = request;
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    body: body as RequestInit["body"] & {},
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  });
  return [response, Buffer.from(await response.arrayBuffer()).toString("latin1")];
}

/** What no answer may hold: where the service lives, and how it is written. */
const inner = /node_modules|\.ts:\d|at \w+ \(|\/tintype-server-|\/packages\//u;

/** The resident memory of a process, in MB, and the files and sockets that it has open. */
function sizeOf({ pid }: ServerProcess): { readonly megabytes: number; readonly open: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1]);
  return { megabytes: kilobytes / 1024, open: readdirSync(`/proc/${pid}/fd`).length };
}

test(
  "no request to any declared route, however broken, is more than the service can answer",
  { timeout: (seconds + 120) * 1000 },
  async () => {
    await using server = await startServer(settings);
    const [document, known] = [await documentOf(server), await knownAt(server)];
    expect(known.parameters).toMatchObject({ id: [expect.any(String)] });
    const counts = new Map<number, number>();
    const hunt = async (milliseconds: number) =>
      fc.assert(
        fc.asyncProperty(arbitraryRequest(document, known), async (request) => {
          const [{ status }, text] = await send(server, request);
          counts.set(status, (counts.get(status) ?? 0) + 1);
          if (status >= 500 && status !== 503) throw new Error(`${status}: ${text}`);
          if (status >= 400 && inner.test(text)) throw new Error(`It tells too much: ${text}`);
        }),
        {
          numRuns: 1_000_000,
          interruptAfterTimeLimit: milliseconds,
          markInterruptAsFailure: false,
        },
      );
    await hunt(seconds * 500);
    const before = sizeOf(server);
    await hunt(seconds * 500);
    const after = sizeOf(server);
    // It did answer some of them well, or nothing was tried.
    expect(counts.get(200) ?? 0).toBeGreaterThan(5);
    expect(after.megabytes).toBeLessThan(512);
    expect(after.megabytes - before.megabytes).toBeLessThan(100);
    expect(after.open - before.open).toBeLessThan(40);
    expect(server.printed.error).not.toContain('"level":"error"');
  },
);

/** A connection that says something and then no more; gives what comes back. */
async function say({ url }: ServerProcess, text: string): Promise<() => string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let heard = "";
  socket.setEncoding("latin1").on("data", (part: string) => (heard += part));
  socket.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    socket.write(text, () => resolve());
  });
  return () => heard;
}

test("slow and malformed connections get a refusal or silence, and keep nobody else waiting", async () => {
  await using server = await startServer(settings);
  const slow = [
    "GET /health HTTP/1.1\r\nHost: a",
    "POST /api/v1/process-image HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
  ];
  for (let count = 0; count < 100; count += 1) await say(server, slow[count % 2] ?? "");
  const malformed = [
    "\0\0\0\0\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "GET http://[::bad HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: -1\r\n\r\n",
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(100_000)}\r\n\r\n`,
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ];
  const answers = await Promise.all(malformed.map(async (text) => say(server, text)));
  for (let count = 0; count < 20; count += 1)
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await expect
    .poll(() => answers.map((heard) => heard().slice(9, 12)))
    .toEqual(["400", "400", "400", "400", "431", "400"]);
});
