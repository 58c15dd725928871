import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";

import { createApp } from "./create-app.ts";
import { testApp } from "./testing/test-app.ts";

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

async function documentOf(path = "/openapi.json"): Promise<Document> {
  const { request } = await testApp();
  return (await (await request(path)).json()) as Document;
}

test("the document is valid OpenAPI", async () => {
  const result = await new Validator().validate({ ...(await documentOf()) });
  expect(result).toEqual({ valid: true });
});

test("every route of the app is in the document, but for those that show it", async () => {
  const { runtime } = await testApp();
  const app = createApp(runtime, { onInternalError: () => undefined });
  const answered = app.routes
    .filter(
      ({ method, path }) =>
        method !== "ALL" && !/^\/(?:docs.*|studio\/.*|openapi\.json)?$/u.test(path),
    )
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(?:\{.*\})?/gu, "{$1}")}`);
  // A guard before a route answers the same method and path.
  const served = [...new Set(answered)];
  const documented = Object.entries((await documentOf()).paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(served.length).toBeGreaterThan(2);
  expect(documented.toSorted()).toEqual(served.toSorted());
});

test("every step, format and preset has a schema of its own, with its fields described", async () => {
  const { schemas } = (await documentOf()).components;
  const { registries } = (await testApp()).runtime.pipeline;
  const { steps, exporters, presets } = registries;
  for (const { kind, name } of [...steps.all, ...exporters.all, ...presets.all]) {
    const id = [...name.split("-"), kind].map((word) => word[0]?.toUpperCase() + word.slice(1));
    expect(schemas).toHaveProperty(id.join(""));
  }
  const body = schemas["ProcessImageRequest"] as { properties: Record<string, object> };
  for (const property of Object.values(body.properties)) {
    expect(property).toHaveProperty("description");
  }
});
