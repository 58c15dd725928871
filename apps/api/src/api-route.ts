import type { Runtime } from "@tintype/runtime";
import type { Context } from "hono";
import type { ZodOpenApiOperationObject } from "zod-openapi";

/** What the app keeps for each request. */
export interface AppEnvironment {
  readonly Variables: { readonly requestId: string };
}

/** One route: the declaration that the app serves and the OpenAPI document shows. */
export interface ApiRoute {
  readonly method: "get" | "post" | "put" | "delete";
  /** In Hono's form; parameters in braces in the document. */
  readonly path: string;
  readonly operation: ZodOpenApiOperationObject;
  /** Whether the route reads forms as they come and bounds them itself. */
  readonly streamsForms?: true;
  readonly handle: (context: Context<AppEnvironment>) => Response | Promise<Response>;
}

/** A function that makes a route over the services of a runtime. */
export type RouteFactory = (runtime: Runtime) => ApiRoute;
