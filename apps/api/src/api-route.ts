import type { Runtime } from "@tintype/runtime";
import type { Context } from "hono";
import type { ZodOpenApiOperationObject } from "zod-openapi";

import type { Scope } from "./access/keyring.ts";

/** What the app keeps for each request. */
export interface AppEnvironment {
  readonly Variables: {
    readonly requestId: string;
    /** Whose key was presented. */
    readonly client?: string;
    /** Why it was refused, or failed. */
    readonly code?: string;
  };
}

/** One route: the declaration that the app serves and the OpenAPI document shows. */
export interface ApiRoute {
  readonly method: "get" | "post" | "put" | "delete";
  /** In Hono's form; parameters in braces in the document. */
  readonly path: string;
  /** What a key must cover; by method and path when left out. */
  readonly scope?: Scope | "everyone";
  readonly operation: ZodOpenApiOperationObject;
  /** Whether the route reads forms as they come and bounds them itself. */
  readonly streamsForms?: true;
  readonly handle: (context: Context<AppEnvironment>) => Response | Promise<Response>;
}

/** A function that makes a route over the services of a runtime. */
export type RouteFactory = (runtime: Runtime) => ApiRoute;
