import { TintypeError } from "@tintype/errors";
import type { HonoRequest } from "hono";

/** The fields of a form that hold JSON. */
const jsonFields = new Set(["options", "preset", "steps", "variants", "source", "inline"]);

/** Reads a JSON body, or a multipart form whose `image` becomes the source, into one plain object. */
export async function readBody(request: HonoRequest): Promise<unknown> {
  const type = request.header("content-type") ?? "";
  if (type.startsWith("application/json")) return readJson(request);
  if (type.startsWith("multipart/form-data")) return readForm(request);
  throw new TintypeError({
    kind: "unsupported",
    code: "request.unsupported_type",
    message: "Send application/json or multipart/form-data.",
  });
}

async function readJson(request: HonoRequest): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalid("The body is not valid JSON.", cause);
    throw cause;
  }
}

async function readForm(request: HonoRequest): Promise<unknown> {
  const form = await request.formData().catch((cause: unknown) => {
    if (cause instanceof TypeError) throw invalid("The form can't be read; is it complete?", cause);
    throw cause;
  });
  const body: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name in body) throw invalid(`The form has two fields named "${name}".`);
    body[name] =
      typeof value === "string" ? fieldValue(name, value) : await fileSource(name, value);
  }
  const { image, ...rest } = body;
  if (image === undefined) return rest;
  const { source, filename } = image as { source: unknown; filename: string };
  return { source, filename, ...rest };
}

function fieldValue(name: string, text: string): unknown {
  if (!jsonFields.has(name)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    // A preset is most often named without quotes.
    if (name === "preset") return text;
    throw invalid(`The field "${name}" is not valid JSON.`, cause);
  }
}

async function fileSource(name: string, file: File): Promise<unknown> {
  if (name !== "image") throw invalid(`A file belongs in the field "image", not in "${name}".`);
  const data = new Uint8Array(await file.arrayBuffer());
  return { source: { kind: "bytes", data }, filename: file.name };
}

function invalid(message: string, cause?: unknown): TintypeError {
  return new TintypeError({ kind: "invalid_input", code: "request.invalid", message, cause });
}
