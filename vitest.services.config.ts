import { defineConfig } from "vitest/config";

/** The tests that need the real servers which `tools/services` starts; they fail without them. */
export default defineConfig({
  ssr: { resolve: { conditions: ["@tintype/source", "node", "development|production"] } },
  test: {
    include: ["{packages,apps}/*/src/**/*.services.test.ts", "tests/*.services.test.ts"],
    setupFiles: [new URL("tools/silent-console.ts", import.meta.url).pathname],
    isolate: false,
    testTimeout: 60_000,
  },
});
