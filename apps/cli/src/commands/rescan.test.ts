import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";
import { expect, onTestFinished, test } from "vitest";

import { samplePng, testFolder, tintype } from "../testing/test-terminal.ts";

/** A clamd that finds the EICAR test file, and of every other file says what it is told to. */
async function startClamd(): Promise<{ readonly port: string; answer: string }> {
  const clamd = { port: "", answer: "stream: OK" };
  const server = createServer((socket) => {
    let received = "";
    socket.on("error", () => {}).setEncoding("latin1");
    socket.on("data", (part: string) => {
      received += part;
      if (!received.endsWith("\0\0\0\0")) return;
      const isTest = received.includes("EICAR-STANDARD");
      socket.end(`${isTest ? "stream: Eicar FOUND" : clamd.answer}\0`);
    });
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  clamd.port = String((server.address() as AddressInfo).port);
  return clamd;
}

test("rescan lets clean pictures out of quarantine once the scanner answers", async () => {
  const clamd = await startClamd();
  const environment = {
    DATA_DIR: testFolder(),
    VIRUS_SCAN_ENABLED: "true",
    VIRUS_SCAN_MODE: "fail-safe",
    CLAMD_PORT: clamd.port,
  };
  clamd.answer = "INSTREAM: Can't allocate memory ERROR";
  const runtime = await createRuntime(loadSettings(environment));
  onTestFinished(async () => runtime.close());
  const assets = await runtime.assets();
  const { id, scan } = await assets.ingest({}, await samplePng());
  expect(scan).toBe("unscanned");
  await expect(assets.locate(id)).rejects.toMatchObject({ code: "asset.quarantined" });

  const rescan = async () => (await tintype(["rescan", "--json"], { environment })).stdout;
  expect(JSON.parse(await rescan())).toEqual({ settled: 0 });
  clamd.answer = "stream: OK";
  expect(JSON.parse(await rescan())).toEqual({ settled: 1 });
  expect(await assets.locate(id)).toMatchObject({ asset: { scan: "clean" } });
});

test("rescan says what to set where nothing scans", async () => {
  const { exitCode, stderr } = await tintype(["rescan"], {
    environment: { DATA_DIR: testFolder() },
  });
  expect([exitCode, stderr]).toEqual([11, expect.stringContaining("VIRUS_SCAN_ENABLED")]);
});
