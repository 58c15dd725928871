/**
 * Puts the built service under a mixed load, then stops it amid work: `pnpm bench:load [--seconds 60]`; 600 for the
 * figures that issue from it. Exits 1 when an aim is missed. The machine should do nothing else.
 */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import autocannon, { type Client, type Request } from "autocannon";

import { startService, type ServiceProcess } from "./service-process.ts";
import { percentile } from "./statistics.ts";

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: { seconds: { type: "string", default: "60" } },
});
const picture = await readFile(join(import.meta.dirname, "../../examples/cutout.png"));
const headers = { "content-type": "application/json" };
const dataDir = await mkdtemp(join(tmpdir(), "tintype-load-"));
let count = 0;

/** The picture as no cache knows it: what follows its end, decoders leave alone. */
function unknownPicture(): string {
  count += 1;
  return Buffer.concat([picture, Buffer.from(String(count))]).toString("base64");
}

function jobOf(): object {
  const steps = [{ step: "resize", width: 400 }];
  const source = { kind: "bytes", data: unknownPicture() };
  return { source, steps, variants: [{ name: "small", output: { format: "webp" } }] };
}

const product: Request = {
  method: "POST",
  path: "/api/v1/process-image",
  headers,
  setupRequest: (request) => ({
    ...request,
    body: JSON.stringify({ imageBase64: unknownPicture(), preset: { preset: "product" } }),
  }),
};
const mixed: Request[] = [
  { method: "GET", path: "/health" },
  { method: "GET", path: "/ready" },
  { method: "GET", path: "/api/v1/images?limit=20" },
  {
    method: "POST",
    path: "/api/v1/jobs",
    headers,
    setupRequest: (request) => ({
      ...request,
      body: JSON.stringify({ kind: "process", input: jobOf() }),
    }),
  },
  { method: "GET", path: "/api/v1/jobs?limit=20" },
];

/** Sends requests in turn over so many connections; gives each answer's time, and how many went wrong. */
async function fire(
  url: string,
  requests: Request[],
  connections: number,
  duration: number,
  overallRate?: number,
) {
  const times: number[] = [];
  let failed = 0;
  const setupClient = (client: Client) => {
    client.on("response", (status, _bytes, ms) => {
      times.push(ms);
      if (status >= 400) failed += 1;
    });
  };
  const { errors, timeouts } = await autocannon({
    url,
    requests,
    connections,
    duration,
    timeout: 30,
    setupClient,
    ...(overallRate !== undefined && { overallRate }),
  });
  return { times, failed: failed + errors + timeouts };
}

/** Submits jobs until the service stops; gives the ids of those that it accepted. */
async function submitUntilStopped({ url }: ServiceProcess): Promise<readonly string[]> {
  const accepted: string[] = [];
  for (;;) {
    const body = JSON.stringify({ kind: "process", input: jobOf() });
    const response = await fetch(`${url}/api/v1/jobs`, { method: "POST", headers, body }).catch(
      () => undefined,
    );
    if (response === undefined) return accepted;
    assert.equal(response.status, 202);
    accepted.push(((await response.json()) as { id: string }).id);
  }
}

async function stateOf(url: string, id: string): Promise<string> {
  const job = (await (await fetch(`${url}/api/v1/jobs/${id}`)).json()) as { state: string };
  return job.state;
}

try {
  const seconds = Number(values.seconds);
  const service = await startService(dataDir);
  await fire(service.url, [product], 1, 3);
  const [products, rest] = await Promise.all([
    fire(service.url, [product], 10, seconds),
    fire(service.url, mixed, 2, seconds, 5),
  ]);
  const [p50, p95] = [percentile(products.times, 0.5), percentile(products.times, 0.95)];
  const answered = products.times.length + rest.times.length;
  const failed = products.failed + rest.failed;
  const peakMb = service.peakMb();
  console.log(
    `${answered} answers in ${seconds} s, ${failed} failed; peak ${peakMb.toFixed(0)} MB`,
  );
  const load = loadavg()[0]?.toFixed(1) ?? "";
  console.log(
    `product, 10 at once: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; load ${load}`,
  );

  const submitting = Promise.all([submitUntilStopped(service), submitUntilStopped(service)]);
  await sleep(3000);
  const exitCode = await service.stop();
  const accepted = (await submitting).flat();
  const again = await startService(dataDir);
  const states = new Set<string>();
  for (const id of accepted) {
    for (let tries = 0; tries < 600; tries += 1) {
      if (/succeeded|failed|canceled/u.test(await stateOf(again.url, id))) break;
      await sleep(200);
    }
    states.add(await stateOf(again.url, id));
  }
  await again.stop();
  console.log(`${accepted.length} jobs accepted until SIGTERM, afterwards: ${[...states].join()}`);

  assert.equal(failed, 0, "requests failed");
  assert(p95 < 3000, "p95 of product is 3 s or more");
  assert(peakMb < 512, "memory is 512 MB or more");
  assert.equal(exitCode, 0, "SIGTERM did not end it cleanly");
  assert.deepEqual([...states], ["succeeded"], "accepted work was lost");
  assert(accepted.length > 0, "nothing was accepted");
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
