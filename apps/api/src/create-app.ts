import { isAbort, TintypeError } from "@tintype/errors";
import type { Runtime } from "@tintype/runtime";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";

import type { AppEnvironment } from "./api-route.ts";
import { docsPage } from "./docs-page.ts";
import { openApiDocument } from "./openapi-document.ts";
import { problemOf } from "./problem.ts";
import { routes } from "./routes/index.ts";

/** What the app tells the process that runs it. */
export interface AppEvents {
  /** An error that no client is told about. */
  readonly onInternalError: (error: unknown, requestId: string) => void;
}

/** Makes the HTTP app over the services of a runtime. */
export function createApp(runtime: Runtime, events: AppEvents): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const declared = routes.map((route) => route(runtime));
  const document = openApiDocument(declared, runtime);

  app.use(requestId());
  app.use("/api/*", bodyLimit({ maxSize: bodyBytes(runtime), onError: refuseBody }));
  for (const { method, path, handle } of declared) app.on(method.toUpperCase(), path, handle);
  app.get("/openapi.json", (context) => context.json(document));
  app.route("/docs", docsPage());
  app.get("/", (context) => context.redirect("/docs"));

  app.notFound((context) => problem(context, noSuchRoute(context)));
  app.onError((error, context) => {
    // Nobody waits for the answer any more.
    if (isAbort(error, context.req.raw.signal)) return context.body(null, 499 as 400);
    return problem(context, error);
  });
  return app;

  function problem(context: Context<AppEnvironment>, error: unknown): Response {
    const body = problemOf(error, context.get("requestId"));
    if (body.status === 500) events.onInternalError(error, body.requestId);
    const wait = error instanceof TintypeError ? error.retryAfterMs : undefined;
    return context.json(body, body.status, {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(wait !== undefined && { "retry-after": String(Math.ceil(wait / 1000)) }),
    });
  }
}

/** A picture in base64 is a third longer than its bytes; the rest of a body is small. */
function bodyBytes({ settings }: Runtime): number {
  return Math.ceil((settings.limits.maxImageBytes * 4) / 3) + 1024 * 1024;
}

function refuseBody(): never {
  throw new TintypeError({
    kind: "limit_exceeded",
    code: "request.too_large",
    message: "The request's body is larger than the largest picture allowed.",
  });
}

function noSuchRoute({ req }: Context): TintypeError {
  return new TintypeError({
    kind: "not_found",
    code: "request.no_such_route",
    message: `There is no ${req.method} ${req.path}. See /docs.`,
  });
}
