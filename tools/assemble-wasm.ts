/** Assembles `packages/exporters/src/png/filters.wat` into the module beside it; with `--check`, fails where it is out of date. */
import { readFileSync, writeFileSync } from "node:fs";

import wabt from "wabt";

const folder = new URL("../packages/exporters/src/png/", import.meta.url);
const target = new URL("filters-wasm.ts", folder);

const assembler = await wabt();
const source = assembler.parseWat(
  "filters.wat",
  readFileSync(new URL("filters.wat", folder), "utf8"),
  {
    simd: true,
  },
);
const { buffer } = source.toBinary({});
const module = `/** The module of filters.wat in base64, assembled by tools/assemble-wasm.ts. */
export const filtersWasm =
  "${Buffer.from(buffer).toString("base64")}";
`;

if (!process.argv.includes("--check")) writeFileSync(target, module);
else if (readFileSync(target, "utf8") !== module) {
  process.stderr.write(
    "packages/exporters/src/png/filters-wasm.ts is out of date: run `pnpm assemble`.\n",
  );
  process.exitCode = 1;
}
