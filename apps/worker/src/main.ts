import { loadSettings, secretsOf, unknownVariables } from "@tintype/config";
import { isTintypeError } from "@tintype/errors";
import { ensureProcessSettings } from "@tintype/runtime";
import { createLogger } from "@tintype/telemetry";

import { runWorker } from "./run-worker.ts";
import { startAfresh } from "./start-afresh.ts";

ensureProcessSettings();

const signals = ["SIGINT", "SIGTERM"] as const;

try {
  const settings = loadSettings(process.env);
  const logger = createLogger({ level: settings.server.logLevel, secrets: secretsOf(settings) });
  for (const name of unknownVariables(process.env))
    logger.warn({ name }, "This variable sets nothing; is it misspelled?");
  const { graceMs } = settings.jobs;
  let isStopping = false;
  const worker = await runWorker(settings, logger);
  const stop = (message: string, then: () => void = () => undefined) => {
    isStopping = true;
    process.stdout.write(`${message}\n`);
    worker.stop(graceMs).then(then, (err: unknown) => {
      logger.error({ err }, "Failed to stop.");
      process.exitCode = 1;
    });
  };
  const interrupt = () => {
    // The next signal finds no listener, so that it ends the process at once.
    for (const signal of signals) process.off(signal, interrupt);
    if (!isStopping) stop("Stopping.");
  };
  const renew = (reason: string) => {
    if (!isStopping) stop(`Starting afresh: ${reason}.`, startAfresh);
  };
  for (const signal of signals) process.on(signal, interrupt);
  process.stdout.write(`Tintype does jobs; its health is at ${worker.url}/health.\n`);
  void worker.worn.then(renew);
} catch (error) {
  process.stderr.write(`${isTintypeError(error) ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
