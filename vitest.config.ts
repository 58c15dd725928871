import { globSync } from "node:fs";
import { basename } from "node:path";

import { defaultExclude, defineConfig } from "vitest/config";

import { ClosingLine } from "./tools/closing-line.ts";

/** One project for each workspace package: `vitest run --project NAME` runs that one's tests. */
const packages = globSync(["{packages,apps}/*", "bench"], { cwd: import.meta.dirname }).map(
  (root) => ({
    extends: true as const,
    test: { name: basename(root), root },
  }),
);

export default defineConfig({
  // Workspace packages are read from their TypeScript sources: their tests need no build.
  ssr: { resolve: { conditions: ["@tintype/source", "node", "development|production"] } },
  test: {
    projects: [
      ...packages,
      {
        extends: true,
        test: { name: "repository", include: ["tests/*.test.ts"], testTimeout: 120_000 },
      },
    ],
    include: ["src/**/*.test.ts"],
    // Those need real servers: see vitest.services.config.ts.
    exclude: [...defaultExclude, "**/*.services.test.ts"],
    setupFiles: [new URL("tools/silent-console.ts", import.meta.url).pathname],
    isolate: false,
    // A machine may be busy: these end what hangs, and say nothing of speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", new ClosingLine()],
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"],
      exclude: ["**/*.test.ts"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
