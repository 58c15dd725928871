import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync, deflateSync } from "node:zlib";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import { scannerContract } from "../contract/scanner-contract.ts";
import { assertAdmitted, assertDetects, createClamdScanner, eicar } from "../index.ts";
import type { ClamdOptions } from "../index.ts";

const limits = { maxBytes: 100_000_000, timeoutMs: 20_000, maxConnections: 4 };

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this amid tools/services.`);
  return value;
}

const addresses: Readonly<Record<string, () => ClamdOptions["address"]>> = {
  "clamd over TCP": () => ({ host: "127.0.0.1", port: Number(variable("TEST_CLAMD_PORT")) }),
  "clamd over a socket": () => ({ socketPath: variable("TEST_CLAMD_SOCKET") }),
};

for (const [name, address] of Object.entries(addresses)) {
  scannerContract(name, {
    create: ({ maxBytes }) => createClamdScanner({ ...limits, address: address(), maxBytes }),
  });
}

function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A gray PNG of one pixel, with what follows its end. */
function pngWith(tail: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.from([0, 128]))),
    pngChunk("IEND", Buffer.alloc(0)),
    tail,
  ]);
}

/** A ZIP of one file, compressed so that its bytes show nothing of the file's. */
function zipOf(content: Buffer): Buffer {
  const [data, name] = [deflateRawSync(content), Buffer.from("a.txt")];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, data]);
  const central = Buffer.concat([
    Buffer.from("PK\x01\x02\x14\x00"),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** The test file behind enough text for a compressor to take it apart. */
const hidden = Buffer.concat([Buffer.from("STANDARD TEST FILE $H+H* ".repeat(50)), eicar()]);

describe.each(Object.entries(addresses))("%s", (_name, address) => {
  const scanner = () => createClamdScanner({ ...limits, address: address() });

  test("passes the test of the start", async () => {
    expect(await assertDetects(scanner())).toMatchObject({ verdict: "infected" });
  });

  test.each([
    ["plain", eicar()],
    ["in a PNG's tail", pngWith(eicar())],
    ["in a ZIP that was renamed", zipOf(hidden)],
  ])("finds the EICAR test file %s", async (_where, bytes) => {
    const found = { verdict: "infected", signature: "Test.Eicar.Body.UNOFFICIAL" };
    expect(await scanner().scan(bytes)).toEqual(found);
    expect(await scanner().scan(new Blob([Uint8Array.from(bytes)]).stream())).toEqual(found);
  });

  test("calls the same PNG and ZIP without it clean", async () => {
    for (const bytes of [pngWith(new Uint8Array(68)), zipOf(hidden.subarray(0, -68))])
      expect(await scanner().scan(bytes)).toEqual({ verdict: "clean" });
  });

  test("does not call 40 MB clean that are more than it reads, time and again", async () => {
    const bytes = Buffer.alloc(40_000_000, "clean ");
    for (let round = 0; round < 5; round += 1) {
      const found = await scanner().scan(round % 2 === 0 ? bytes : new Blob([bytes]).stream());
      expect(found).toEqual({ verdict: "unscanned", reason: "too_large" });
    }
  });
});

/** A clamd of its own, which a test may kill. */
async function startClamd(): Promise<{ process: ChildProcess; socketPath: string }> {
  const folder = mkdtempSync(join(tmpdir(), "tintype-clamd-"));
  const [socketPath, file] = [join(folder, "clamd.sock"), join(folder, "clamd.conf")];
  writeFileSync(
    file,
    `Foreground yes
DatabaseDirectory ${variable("TEST_CLAMD_DATABASE")}
OfficialDatabaseOnly no
LocalSocket ${socketPath}
`,
  );
  const child = spawn("clamd", [`--config-file=${file}`], { stdio: "ignore" });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const scanner = createClamdScanner({ ...limits, address: { socketPath } });
  await vi.waitFor(async () => expect(await scanner.health()).toEqual({ ok: true }), 10_000);
  return { process: child, socketPath };
}

describe("clamd killed in the middle of a scan", () => {
  test("gives no verdict: fail-secure refuses the file, fail-safe keeps it as unscanned", async () => {
    const clamd = await startClamd();
    const scanner = createClamdScanner({ ...limits, address: { socketPath: clamd.socketPath } });
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(new Uint8Array(65_536));
        given += 1;
        if (given === 20) clamd.process.kill("SIGKILL");
        if (given === 400) controller.close();
      },
    });
    const found = await scanner.scan(body);
    expect(found).toEqual({ verdict: "unscanned", reason: "unavailable" });
    expect(given).toBeLessThan(400);
    expect(() => assertAdmitted(found, "fail-secure")).toThrow("can't be reached");
    expect(assertAdmitted(found, "fail-safe")).toEqual(found);
    expect(await scanner.health()).toMatchObject({ ok: false });
  });
});
