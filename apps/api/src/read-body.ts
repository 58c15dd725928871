import { TintypeError } from "@tintype/errors";
import type { HonoRequest } from "hono";

import { invalidRequest } from "./invalid-request.ts";

/** The fields of a form that hold JSON, as text or as a file. */
export const jsonFields: ReadonlySet<string> = new Set([
  "options",
  "preset",
  "steps",
  "variants",
  "facts",
  "source",
  "inline",
  "brand",
  "count",
  "opacity",
  "seed",
]);

/** Reads a JSON body, or a multipart form whose `image` becomes the source, into one plain object. */
export async function readBody(request: HonoRequest): Promise<unknown> {
  const type = request.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return readJson(request);
  if (type === "multipart/form-data") return readForm(request);
  throw new TintypeError({
    kind: "unsupported",
    code: "request.unsupported_type",
    message: "Send application/json or multipart/form-data.",
  });
}

/** Reads a JSON body; throws `request.invalid` for any other. */
export async function readJson(request: HonoRequest): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalidRequest("The body is not valid JSON.", cause);
    throw cause;
  }
}

async function readForm(request: HonoRequest): Promise<unknown> {
  const form = await request.formData().catch((cause: unknown) => {
    if (cause instanceof TypeError)
      throw invalidRequest("The form can't be read; is it complete?", cause);
    throw cause;
  });
  // A field may have any name, also that of something on every object's prototype.
  const fields = new Map<string, unknown>();
  for (const [name, value] of form) {
    if (fields.has(name)) throw invalidRequest(`The form has two fields named "${name}".`);
    fields.set(name, await fieldValue(name, value));
  }
  const { image, ...rest } = Object.fromEntries(fields);
  if (!(image instanceof File)) return rest;
  if (rest["source"] !== undefined)
    throw invalidRequest("Give the form one picture: image or source.");
  const data = new Uint8Array(await image.arrayBuffer());
  return { ...rest, filename: rest["filename"] ?? image.name, source: sourceOf(data, image) };
}

/** The file as a source; a browser names what is no file of a disk "blob", which says nothing. */
function sourceOf(data: Uint8Array, { name }: File): object {
  return { kind: "bytes", data, ...(name !== "" && { name }) };
}

/** What a field stands for; one that was left blank, as browsers send it, stands for nothing. */
async function fieldValue(name: string, value: string | File): Promise<unknown> {
  if (value === "" || (value instanceof File && value.name === "" && value.size === 0)) {
    return undefined;
  }
  if (jsonFields.has(name)) {
    return parseJson(name, typeof value === "string" ? value : await value.text());
  }
  if ((name === "image") === (typeof value !== "string")) return value;
  throw invalidRequest(
    name === "image"
      ? 'The field "image" must be a file; send text in imageBase64 or imageUrl.'
      : `A file belongs in the field "image", not in "${name}".`,
  );
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // A preset is most often named without quotes.
    if (name === "preset") return text;
    throw invalidRequest(`The field "${name}" is not valid JSON.`, cause);
  }
}
