import { createRequire } from "node:module";

import { sharp } from "@tintype/image-core";

const require = createRequire(import.meta.url);
const packages = ["@tintype/image-core", "@tintype/exporters", "@tintype/delivery"];

/** What the bytes of results depend on besides source and work: the packages that make them, and sharp with its libraries. */
export function engineVersion(): string {
  const own = packages.map((name) => {
    const { version } = require(`${name}/package.json`) as { readonly version: string };
    return [name, version];
  });
  return JSON.stringify([...own, ...Object.entries(sharp.versions)]);
}
