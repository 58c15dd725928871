import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";

import type { ApiRoute } from "./api-route.ts";
import { problemSchema } from "./problem.ts";

/** The OpenAPI document of the routes, made of the schemas that they parse with. */
export function openApiDocument(routes: readonly ApiRoute[]): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const { path, method, operation } of routes) {
    const documented = path.replaceAll(/:(\w+)(?:\{[^}]*\})?/gu, "{$1}");
    paths[documented] = {
      ...paths[documented],
      [method]: {
        ...operation,
        responses: {
          ...operation.responses,
          default: {
            description: "What went wrong.",
            content: { "application/problem+json": { schema: problemSchema } },
          },
        },
      },
    };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tintype",
      version: "1",
      description: "Turns a prompt or a picture into finished, stored, addressable image files.",
      license: { name: "MIT", identifier: "MIT" },
    },
    // Relative, so that the reference page works under whatever address it was opened.
    servers: [{ url: "/" }],
    paths,
  });
}
