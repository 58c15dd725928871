import { describe, expect, test } from "vitest";

import { createLogger, silentLogger, withLogContext } from "./index.ts";
import type { LoggerOptions } from "./index.ts";

function loggerTo(lines: string[], options: Partial<LoggerOptions> = {}) {
  const destination = { write: (line: string) => void lines.push(line) };
  return createLogger({ level: "info", isPretty: false, destination, ...options });
}

function parsed(lines: readonly string[]) {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("a logger", () => {
  test("writes a line of JSON for each call that is severe enough", () => {
    const lines: string[] = [];
    const logger = loggerTo(lines);
    logger.debug({ ms: 1 }, "No one reads this.");
    logger.info({ ms: 2 }, "Answered.");
    expect(lines).toHaveLength(1);
    expect(parsed(lines)).toEqual([
      {
        level: "info",
        time: expect.stringMatching(/^\d{4}-.*Z$/u) as string,
        ms: 2,
        msg: "Answered.",
      },
    ]);
  });

  test("puts the ids of the work on every line, also of work inside of work", async () => {
    const lines: string[] = [];
    const logger = loggerTo(lines);
    await withLogContext({ requestId: "r1" }, async () => {
      await Promise.resolve();
      logger.info({}, "one");
      withLogContext({ jobId: "j1" }, () => logger.warn({}, "two"));
    });
    logger.error({}, "three");
    expect(parsed(lines)).toMatchObject([
      { msg: "one", requestId: "r1" },
      { msg: "two", requestId: "r1", jobId: "j1" },
      { msg: "three" },
    ]);
    expect(parsed(lines)[2]).not.toHaveProperty("requestId");
  });

  test("shows an error with its stack and its causes, and no secret in them", () => {
    const lines: string[] = [];
    const cause = new Error("refused https://a.example/?signature=hush");
    const err = new Error("secret 4fd8b3b1c2a9e7d0 is wrong", { cause });
    loggerTo(lines, { secrets: ["4fd8b3b1c2a9e7d0"] }).error({ err }, "Failed.");
    expect(lines[0]).toContain("create-logger.test.ts");
    expect(lines[0]).toContain("refused https://a.example/?signature=[redacted]");
    expect(lines[0]).not.toMatch(/hush|4fd8b3b1c2a9e7d0/u);
  });

  test("writes for people where that is asked for, and no secret either", async () => {
    const { PassThrough } = await import("node:stream");
    const stream = new PassThrough();
    const logger = createLogger({ level: "info", isPretty: true, destination: stream });
    logger.info({ url: "https://a.example/?signature=hush" }, "Answered.");
    const [chunk] = (await stream.take(1).toArray()) as Buffer[];
    expect(String(chunk)).toContain("Answered.");
    expect(String(chunk)).toContain("[redacted]");
    expect(String(chunk)).not.toMatch(/hush|^\{/u);
  });

  test("that is silent says nothing", () => {
    for (const log of Object.values(silentLogger)) expect(log({}, "x")).toBeUndefined();
  });
});
