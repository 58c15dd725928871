import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import absolutePath from "swagger-ui-dist/absolute-path.js";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Tintype API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="page"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#page", deepLinking: true });\n`;

/** The reference page at `/docs`: Swagger UI from this machine, no other host is contacted. */
export function docsPage(): Hono {
  const assets = serveStatic({
    root: absolutePath(),
    rewriteRequestPath: (path) => path.slice("/docs".length),
  });
  return new Hono()
    .get("/", (context) => {
      context.header(
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
      return context.html(page);
    })
    .get("/start.js", (context) => context.body(start, 200, { "content-type": "text/javascript" }))
    .get("/:asset{[\\w-]+\\.(?:js|css|png)}", assets);
}
