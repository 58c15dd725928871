import { pino, stdTimeFunctions, type DestinationStream } from "pino";
import pretty from "pino-pretty";

import { currentLogContext } from "./log-context.ts";
import { createRedaction } from "./redact.ts";

/** From the least severe to none at all. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

type Log = (facts: Readonly<Record<string, unknown>>, message: string) => void;

/** Writes one line for each call; no secret reaches it. */
export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  /** Put what was thrown under `err`: the line gets its stack and its causes. */
  readonly error: Log;
}

/** How lines are written. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** Values that must never show, such as those of settings. */
  readonly secrets?: readonly string[];
  /** Where lines go; standard error when left out, so that standard output stays a program's own. */
  readonly destination?: DestinationStream;
  /** For people rather than programs; where standard error is a terminal when left out. */
  readonly isPretty?: boolean;
}

/** Makes a logger of JSON lines, or of readable ones on a terminal. */
export function createLogger({
  level,
  secrets = [],
  destination = pino.destination({ fd: 2, sync: true }),
  isPretty = process.stderr.isTTY,
}: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...currentLogContext() }),
      // On the finished line, so that nothing gets past: neither a message, nor a stack, nor a cause.
      hooks: { streamWrite: createRedaction(secrets) },
    },
    isPretty ? pretty({ destination, colorize: true }) : destination,
  );
}

/** A logger that says nothing, for programs whose own output is all there is to say. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
