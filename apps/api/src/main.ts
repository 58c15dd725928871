import { loadSettings, secretsOf, unknownVariables } from "@tintype/config";
import { isTintypeError } from "@tintype/errors";
import { ensureProcessSettings } from "@tintype/runtime";
import { createLogger } from "@tintype/telemetry";

import { serve } from "./serve.ts";
import { welcome } from "./welcome.ts";

ensureProcessSettings();

const graceMs = 10_000;
const signals = ["SIGINT", "SIGTERM"] as const;

try {
  const settings = loadSettings(process.env);
  const logger = createLogger({ level: settings.server.logLevel, secrets: secretsOf(settings) });
  for (const name of unknownVariables(process.env))
    logger.warn({ name }, "This variable sets nothing; is it misspelled?");
  const server = await serve(
    settings,
    { onInternalError: (err, requestId) => logger.error({ err, requestId }, "Failed.") },
    { logger },
  );
  process.stdout.write(welcome(server.url));
  const stop = () => {
    // The next signal finds no listener, so that it ends the process at once.
    for (const signal of signals) process.off(signal, stop);
    process.stdout.write("Stopping.\n");
    void server.stop(graceMs);
  };
  for (const signal of signals) process.on(signal, stop);
} catch (error) {
  process.stderr.write(`${isTintypeError(error) ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
