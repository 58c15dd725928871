import { defineConfig } from "vite";

/** Builds the page into `dist`, from where the API serves it at `/`; `vite` alone serves the sources beside an API that runs. */
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2023",
    assetsDir: "studio",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/files", "/health", "/openapi.json", "/docs"].map((path) => [
        path,
        "http://127.0.0.1:8787",
      ]),
    ),
  },
});
