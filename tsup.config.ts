import { readFileSync } from "node:fs";

import { defineConfig } from "tsup";

/** The manifest of the package being built: tsup runs in its folder. */
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  exports?: Record<string, string | { "@tintype/source": string }>;
};

/** Every entry point that the manifest exports; an application has `src/main.ts` alone. */
const entry = Object.values(manifest.exports ?? { ".": { "@tintype/source": "src/main.ts" } })
  .filter((target) => typeof target !== "string")
  .map((target) => target["@tintype/source"]);

export default defineConfig({
  entry,
  format: ["esm"],
  target: "node20.19",
  // What only exists as `node:sqlite` would else be looked for as a package of the name `sqlite`.
  removeNodeProtocol: false,
  sourcemap: true,
  clean: true,
});
