import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";

import { photographicCutout, cutout } from "./testing/pictures.ts";
import { runningAt, startServer, type ServerProcess } from "./testing/server-process.ts";
import { endpoint, formOf } from "./testing/test-app.ts";

const execute = promisify(execFile);
const eventually = { timeout: 10_000, interval: 10 };

/** Seconds of work: a wide blur of a large picture. */
async function longForm(): Promise<FormData> {
  const steps = [{ step: "blur", sigma: 50 }];
  return formOf({ image: await photographicCutout(), steps, preset: "product" });
}

/** Sends a long request, and gives the answer to come once the work has begun. */
async function startWork({ url }: ServerProcess, signal?: AbortSignal) {
  const init = { method: "POST", body: await longForm(), ...(signal && { signal }) };
  const answer = fetch(url + endpoint, init);
  answer.catch(() => undefined);
  await vi.waitFor(async () => expect(await runningAt(url)).toBe(1), eventually);
  return { answer };
}

/** Writes to the server as no HTTP client would, and gives what it answers. */
async function talk({ url }: ServerProcess, ...words: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (text.includes('"requestId"')) resolve(text);
    });
    // A server that has refused may reset the connection on which we still write.
    socket.on("error", () => resolve(text));
  });
  for (const word of words) socket.write(word);
  await answer;
  socket.destroy();
  return answer;
}

describe("a server", () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ MAX_IMAGE_SIZE: "20MB", TINTYPE_PROT: "80" });
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  test("prints three commands that work as they stand, and where the reference is", async () => {
    const { out } = server.printed;
    const commands = out.split("\n").filter((line) => line.startsWith("  curl "));
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    const answers = commands.map(async (command) => {
      const { stdout } = await execute("sh", ["-c", command], { cwd: root });
      const { variants } = JSON.parse(stdout) as { variants: Record<string, { url: string }> };
      for (const { url } of Object.values(variants)) expect((await fetch(url)).status).toBe(200);
      return Object.keys(variants);
    });
    expect(await Promise.all(answers)).toEqual([
      ["processed", "grid", "detail"],
      ["png", "jpeg", "webp"],
      ["small"],
    ]);
    const page = /^Reference: (\S+)$/mu.exec(out)?.[1] ?? "";
    expect((await fetch(page)).headers.get("content-type")).toMatch(/^text\/html/u);
  });

  // The peak of a process is in its status file, and only there.
  test.skipIf(process.platform !== "linux")(
    "works on ten large cut-outs at once in less than 512 MB",
    async () => {
      const image = await photographicCutout();
      const answers = Array.from({ length: 10 }, async () => {
        const body = formOf({ image, preset: "product" });
        return (await fetch(server.url + endpoint, { method: "POST", body })).status;
      });
      expect(await Promise.all(answers)).toEqual(Array.from({ length: 10 }, () => 200));
      const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
      const peakKib = Number(/VmHWM:\s*(\d+)/u.exec(status)?.[1]);
      expect(peakKib / 1024).toBeLessThan(512);
    },
    60_000,
  );

  test("answers HEAD with the length, and 304 without a body", async () => {
    const response = await fetch(server.url + endpoint, {
      method: "POST",
      body: formOf({ image: await cutout() }),
    });
    const { variants } = (await response.json()) as { variants: { grid: { url: string } } };
    const { url } = variants.grid;
    const { headers } = await fetch(url, { method: "HEAD" });
    const whole = (await (await fetch(url)).arrayBuffer()).byteLength;
    expect(headers.get("content-length")).toBe(String(whole));
    const etag = headers.get("etag") ?? "";
    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  test.each([
    ["an address that climbs by backslashes", "GET /files/..\\..\\etc HTTP/1.1\r\nhost: a"],
    ["a host that is none", "GET /health HTTP/1.1\r\nhost: a b"],
    ["an address that is none", "GET http://[ HTTP/1.1\r\nhost: a"],
  ])("refuses %s by a problem", async (_what, head) => {
    const answer = await talk(server, `${head}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /u);
    expect(answer).toContain("application/problem+json");
    expect(answer).toContain('"request.invalid"');
  });

  test("refuses a chunked body over the limit while it still comes", async () => {
    const mebibyte = "a".repeat(2 ** 20);
    const head = `POST ${endpoint} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    const chunks = Array.from({ length: 40 }, () => `100000\r\n${mebibyte}\r\n`);
    const answer = await talk(server, head, ...chunks);
    expect(answer).toMatch(/^HTTP\/1.1 413 /u);
    expect(answer).toContain('"request.too_large"');
  });

  test("ends the work of a client that goes away, and says nothing of it", async () => {
    const client = new AbortController();
    const { answer } = await startWork(server, client.signal);
    client.abort();
    await expect(answer).rejects.toThrow("aborted");
    await vi.waitFor(async () => expect(await runningAt(server.url)).toBe(0), eventually);

    const { hostname, port } = new URL(server.url);
    for (const encoding of ["content-length: 100", "transfer-encoding: chunked"]) {
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST ${endpoint} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${encoding}\r\n\r\n4\r\n{"im`,
      );
      await once(socket, "ready");
      socket.destroy();
      await once(socket, "close");
    }
    await vi.waitFor(async () => expect(await runningAt(server.url)).toBe(0), eventually);
    expect(JSON.parse(server.printed.error)).toMatchObject({ level: "warn", name: "TINTYPE_PROT" });
    expect(server.printed.out.trimEnd()).toMatch(/Ctrl-C stops\.$/u);
  });
});

describe("a server that can't start", () => {
  test.each(["PORT", "METRICS_PORT"])(
    "because its %s is taken says so in one sentence",
    async (setting) => {
      const taken = createServer().listen(0, "127.0.0.1");
      onTestFinished(() => void taken.close());
      await once(taken, "listening");
      const { port } = taken.address() as AddressInfo;
      await using server = await startServer({ [setting]: String(port), ENABLE_METRICS: "true" });
      expect(await server.ended).toBe(1);
      expect(server.printed).toEqual({
        out: "",
        error: `Port ${port} is taken. Set ${setting} to another one, or to 0 for any free one.\n`,
      });
    },
  );

  test("because of a wrong setting names the setting, and not its value", async () => {
    await using server = await startServer({ PORT: "eighty" });
    expect(await server.ended).toBe(1);
    expect(server.printed.error).toContain("PORT");
    expect(server.printed.error).not.toMatch(/eighty|\bat /u);
  });
});

describe("a server that is stopped", () => {
  test("answers what it has begun, and ends with 0", async () => {
    await using server = await startServer();
    const { answer } = await startWork(server);
    server.kill("SIGTERM");
    expect((await answer).status).toBe(200);
    expect(await server.ended).toBe(0);
    expect(server.printed.error).toBe("");
  });

  test("ends at once on a second signal, of whichever kind", async () => {
    await using server = await startServer();
    const { answer } = await startWork(server);
    server.kill("SIGINT");
    await vi.waitFor(() => expect(server.printed.out).toContain("Stopping."), eventually);
    server.kill("SIGTERM");
    expect(await server.ended).toBe("SIGTERM");
    await expect(answer).rejects.toThrow("fetch failed");
  });
});
