import { TintypeError } from "@tintype/errors";
import type { Runtime } from "@tintype/runtime";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { trimTrailingSlash } from "hono/trailing-slash";

import { guardRoutes } from "./access/guard-routes.ts";
import { allowOrigins, safeHeaders } from "./access/headers.ts";
import type { AppEnvironment } from "./api-route.ts";
import { docsPage } from "./docs-page.ts";
import { observeRequests } from "./observe-requests.ts";
import { openApiDocument } from "./openapi-document.ts";
import { problemHeaders, problemOf } from "./problem.ts";
import { boardPath, queueBoard } from "./queue-board.ts";
import { routesOf } from "./routes/index.ts";
import { studioPage } from "./studio-page.ts";

/** What the app tells the process that runs it. */
export interface AppEvents {
  /** An error that no client is told about. */
  readonly onInternalError: (error: unknown, requestId: string) => void;
}

/** Makes the HTTP app over the services of a runtime. */
export function createApp(runtime: Runtime, events: AppEvents): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const declared = routesOf(runtime);
  const { corsOrigins } = runtime.settings.access;
  const document = openApiDocument(declared);

  app.use(requestId(), observeRequests(runtime), safeHeaders(runtime.url), trimTrailingSlash());
  if (corsOrigins.length > 0) app.use(allowOrigins(corsOrigins));
  guardRoutes(app, declared, runtime);
  const limited = bodyLimit({ maxSize: bodyBytes(runtime), onError: refuseBody });
  const streaming = new Set(declared.filter((one) => one.streamsForms).map(({ path }) => path));
  app.use("/api/*", (context, next) =>
    streaming.has(context.req.path) && isForm(context) ? next() : limited(context, next),
  );
  for (const { method, path, handle } of declared) app.on(method.toUpperCase(), path, handle);
  for (const [path, same] of Map.groupBy(declared, (route) => route.path)) {
    const allowed = same.map(({ method }) => (method === "get" ? "GET, HEAD" : method));
    app.all(path, (context) => {
      context.header("allow", allowed.join(", ").toUpperCase());
      throw wrongMethod(context);
    });
  }
  app.get("/openapi.json", (context) => context.json(document));
  app.route("/docs", docsPage());
  const board = queueBoard(runtime);
  if (board !== undefined) app.route(boardPath, board);
  app.route("/", studioPage());

  app.notFound((context) => fail(context, noSuchRoute(context)));
  app.onError((error, context) =>
    // Nobody waits for the answer any more, and what failed is that the client left.
    context.req.raw.signal.aborted ? context.body(null, 499 as 400) : fail(context, error),
  );
  return app;

  function fail(context: Context<AppEnvironment>, error: unknown): Response {
    const problem = problemOf(error, context.get("requestId"));
    context.set("code", problem.code);
    if (problem.status === 500) events.onInternalError(error, problem.requestId);
    return context.json(problem, problem.status, problemHeaders(error));
  }
}

/** A picture in base64 is a third longer than its bytes; the rest of a body is small. */
function bodyBytes({ settings }: Runtime): number {
  return Math.ceil((settings.limits.maxImageBytes * 4) / 3) + 1024 * 1024;
}

function isForm({ req }: Context): boolean {
  return req.header("content-type")?.startsWith("multipart/form-data") === true;
}

function refuseBody(): never {
  throw new TintypeError({
    kind: "limit_exceeded",
    code: "request.too_large",
    message: "The request's body is larger than the largest picture allowed.",
  });
}

function wrongMethod({ req }: Context): TintypeError {
  return new TintypeError({
    kind: "unsupported",
    code: "request.method_not_allowed",
    message: `${req.path} does not answer ${req.method}. See /docs.`,
  });
}

function noSuchRoute({ req }: Context): TintypeError {
  return new TintypeError({
    kind: "not_found",
    code: "request.no_such_route",
    message: `There is no ${req.method} ${req.path}. See /docs.`,
  });
}
