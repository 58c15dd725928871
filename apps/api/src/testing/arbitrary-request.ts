import * as fc from "fast-check";

import { arbitraryOf, type JsonSchema, type JsonSchemas } from "./arbitrary-of.ts";

/** As much of an OpenAPI document as requests are made from. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: JsonSchemas };
}

interface Operation {
  readonly parameters?: readonly {
    readonly in: "path" | "query" | "header";
    readonly name: string;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
  };
}

/** A request as it goes over the wire. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | FormData | string | undefined;
}

/** What requests name that is really there: ids and keys by their parameter's name, and pictures. */
export interface Known {
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly pictures: readonly Uint8Array[];
}

/** Requests to every route of a document: as it declares them, and in every way broken. */
export function arbitraryRequest(
  document: OpenApiDocument,
  known: Known,
): fc.Arbitrary<FuzzedRequest> {
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) =>
      requestOf(path, method.toUpperCase(), operation, document.components.schemas, known),
    ),
  );
  return fc.oneof(...routes);
}

function requestOf(
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
  schemas: JsonSchemas,
  known: Known,
): fc.Arbitrary<FuzzedRequest> {
  const values = parameters.map(({ in: place, name, schema }) => {
    const real = place === "path" ? (known.parameters[name] ?? []) : [];
    const any = arbitraryOf(schema, schemas).map(textOf);
    return fc
      .tuple(
        fc.oneof(any, ...(real.length > 0 ? [fc.constantFrom(...real)] : [])),
        place === "path" ? fc.constant(true) : fc.boolean(),
      )
      .map(([value, isGiven]) => ({ place, name, value, isGiven }));
  });
  const contents = Object.entries(requestBody?.content ?? {});
  const body =
    contents.length === 0
      ? fc.constant({ headers: {}, body: undefined })
      : fc.oneof(
          ...contents.map(([type, { schema = {} }]) => bodyOf(type, schema, schemas, known)),
        );
  return fc.tuple(fc.tuple(...values), body, fc.boolean()).map(([given, sent, isOther]) => {
    const used = given.filter(({ isGiven }) => isGiven);
    const query = new URLSearchParams(
      used.filter(({ place }) => place === "query").map(({ name, value }) => [name, value]),
    );
    const filled = used
      .filter(({ place }) => place === "path")
      .reduce(
        (made, { name, value }) => made.replace(`{${name}}`, encodeURIComponent(value)),
        path,
      );
    const headers = used
      .filter(({ place, value }) => place === "header" && /^[\x21-\x7e]+$/u.test(value))
      .map(({ name, value }) => [name, value] as const);
    // Now and then a method that the route may not have.
    const verb = isOther && method === "GET" ? "HEAD" : method;
    return {
      method: verb,
      path: `${filled}?${query.toString()}`,
      headers: { ...Object.fromEntries(headers), ...sent.headers },
      body: verb === "HEAD" ? undefined : sent.body,
    };
  });
}

type Sent = Pick<FuzzedRequest, "headers" | "body">;

function bodyOf(
  type: string,
  schema: JsonSchema,
  schemas: JsonSchemas,
  known: Known,
): fc.Arbitrary<Sent> {
  const bytes = fc.oneof(fc.constantFrom(...known.pictures), fc.uint8Array({ maxLength: 2000 }));
  const junk = fc
    .tuple(bytes, fc.constantFrom("application/json", "multipart/form-data", "text/plain", type))
    .map(([body, name]) => ({ headers: { "content-type": name }, body }));
  return fc.oneof(
    { weight: 8, arbitrary: declaredBody(type, arbitraryOf(schema, schemas), bytes) },
    { weight: 1, arbitrary: junk },
  );
}

function declaredBody(
  type: string,
  value: fc.Arbitrary<unknown>,
  bytes: fc.Arbitrary<Uint8Array>,
): fc.Arbitrary<Sent> {
  if (type === "application/json")
    return value.map((json) => ({
      headers: { "content-type": type },
      body: JSON.stringify(json),
    }));
  if (type === "multipart/form-data")
    return fc.tuple(value, bytes, fc.constantFrom("image", "file", "files")).map((parts) => ({
      headers: {},
      body: formOf(...parts),
    }));
  return bytes.map((body) => ({ headers: { "content-type": "image/png" }, body }));
}

function formOf(value: unknown, bytes: Uint8Array, field: string): FormData {
  const form = new FormData();
  for (const [name, one] of Object.entries(Object(value) as object)) form.append(name, textOf(one));
  form.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>]), "picture.png");
  return form;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
