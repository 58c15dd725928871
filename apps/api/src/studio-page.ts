import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type MiddlewareHandler } from "hono";

/** Where the studio's build puts the page; as far from `src` as from `dist`. */
const studioFolder = fileURLToPath(new URL("../../studio/dist/", import.meta.url));

// Only what this service gives out itself; pictures are made of bytes that the page fetched.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** The studio at `/`, from the files of its build; a way to the reference where it was not built. */
export function studioPage(folder = studioFolder): Hono {
  const app = new Hono();
  if (!existsSync(`${folder}index.html`)) {
    return app.get("/", (context) => context.redirect("/docs"));
  }
  const files = serveStatic({ root: folder });
  app.use("/", describe({ "cache-control": "no-cache", "content-security-policy": policy }));
  // The files' names hold their content's hash.
  app.use("/studio/*", describe({ "cache-control": "public, max-age=31536000, immutable" }));
  return app.get("/", files).get("/studio/:file{[\\w.-]+}", files);
}

/** Adds headers to what was found. */
function describe(headers: Readonly<Record<string, string>>): MiddlewareHandler {
  return async (context, next) => {
    await next();
    if (!context.res.ok) return;
    const safe = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };
    for (const header of Object.entries({ ...headers, ...safe })) context.header(...header);
  };
}
