/** Prints the OpenAPI document as the service gives it out, for `docs/openapi.json`. */
import { loadSettings } from "@tintype/config";
import { createRuntime } from "@tintype/runtime";

import { createApp } from "./create-app.ts";

const app = createApp(await createRuntime(loadSettings({})), {
  onInternalError: (error) => {
    throw error;
  },
});
const document: unknown = await (await app.request("/openapi.json")).json();
process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
