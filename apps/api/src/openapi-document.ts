import { z } from "zod";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";

import type { ApiRoute } from "./api-route.ts";

const problem = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What is wrong and what to do."),
    code: z.string().describe("Stable and dotted: what programs branch on."),
    requestId: z.string(),
  })
  .meta({ id: "Problem", description: "Problem details (RFC 9457)." });

/** The OpenAPI document of the routes, made of the schemas that they parse with. */
export function openApiDocument(
  routes: readonly ApiRoute[],
  { url }: { readonly url: string },
): ReturnType<typeof createDocument> {
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
            content: { "application/problem+json": { schema: problem } },
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
    servers: [{ url }],
    paths,
  });
}
