import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

import { loadSettings } from "@tintype/config";
import { expect, onTestFinished, test } from "vitest";

import { createScanner } from "./create-scanner.ts";

/** A server that gives every scan the same answer. */
async function startClamd(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {}).on("data", () => socket.end(`${answer}\0`));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return String((server.address() as AddressInfo).port);
}

function settingsFor(environment: Readonly<Record<string, string>>) {
  return loadSettings({ VIRUS_SCAN_ENABLED: "true", ...environment });
}

test("no scanner is made where none is asked for", async () => {
  expect(await createScanner(loadSettings({ CLAMD_PORT: "1" }))).toBeUndefined();
});

test("a scanner that finds the test file is made", async () => {
  const port = await startClamd("stream: Eicar FOUND");
  const scanner = await createScanner(settingsFor({ CLAMD_PORT: port }));
  expect(await scanner?.scan(new Uint8Array(3))).toMatchObject({ verdict: "infected" });
  // The test of the start is none of the files that it counts.
  expect(scanner?.counts()).toEqual({ clean: 0, infected: 1, unscanned: 0 });
});

test("a scanner that is blind stops the start", async () => {
  const port = await startClamd("stream: OK");
  await expect(createScanner(settingsFor({ CLAMD_PORT: port }))).rejects.toMatchObject({
    code: "scanner.blind",
  });
});

test("a scanner that does not answer yet is made all the same", async () => {
  const scanner = await createScanner(settingsFor({ CLAMD_SOCKET: "/nowhere/clamd.sock" }));
  expect(await scanner?.scan(new Uint8Array(3))).toEqual({
    verdict: "unscanned",
    reason: "unavailable",
  });
});
