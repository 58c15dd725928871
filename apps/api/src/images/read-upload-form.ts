import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

import { Busboy } from "@fastify/busboy";
import { isTintypeError, TintypeError } from "@tintype/errors";

import { invalidRequest } from "../invalid-request.ts";
import { streamOf } from "./stream-of.ts";

/** A file of a form, whose bytes come while it is read. */
export interface FormFile {
  readonly name: string;
  readonly mediaType: string;
  readonly body: ReadableStream<Uint8Array>;
}

/** What a form may hold. */
export interface FormLimits {
  readonly maxFiles: number;
  /** Bytes of the whole form. */
  readonly maxBytes: number;
}

/** What became of a file. */
export interface TakenFile<Result> {
  readonly name: string;
  readonly result: PromiseSettledResult<Result>;
}

/**
 * Reads a multipart form as it comes: each file is handed to `take` with the fields, which are known when the form ends.
 * Nothing is held in memory. What is wrong with one file is that file's result; a form that can't be read throws.
 */
export async function readUploadForm<Result>(
  request: Request,
  { maxFiles, maxBytes }: FormLimits,
  take: (file: FormFile, fields: Promise<URLSearchParams>) => Promise<Result>,
): Promise<readonly TakenFile<Result>[]> {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > maxBytes) throw tooLarge(maxBytes);
  const fields = new URLSearchParams();
  const end = Promise.withResolvers<URLSearchParams>();
  // Where no file waits for them, nobody hears of their failure.
  end.promise.catch(() => undefined);
  const taken: { readonly name: string; readonly work: Promise<Result> }[] = [];
  const open = new Set<Readable>();

  const form = createParser(request);
  form.on("field", (name, value) => fields.append(name, value));
  form.on("file", (_field, part, name, _encoding, mediaType) => {
    open.add(part);
    part.once("end", () => open.delete(part));
    const body = streamOf(part);
    const work =
      taken.length < maxFiles
        ? take({ name, mediaType, body }, end.promise)
        : body.cancel().then(() => Promise.reject<Result>(tooManyFiles(maxFiles)));
    // It is waited for at the end; until then a failure is nobody's.
    work.catch(() => undefined);
    taken.push({ name, work });
  });

  let failure: unknown;
  try {
    await pipeline(bodyOf(request), counted(maxBytes), form);
    end.resolve(fields);
  } catch (error) {
    failure = isTintypeError(error) ? error : unreadable(error);
    end.reject(failure);
    for (const part of open) part.destroy(failure as Error);
  }
  const results = await Promise.allSettled(taken.map(async ({ work }) => work));
  if (failure !== undefined) throw failure;
  return taken.map(({ name }, index) => ({
    name,
    result: results[index] as PromiseSettledResult<Result>,
  }));
}

function createParser(request: Request) {
  try {
    return new Busboy({
      headers: { "content-type": request.headers.get("content-type") ?? "" },
      limits: { fields: 100, fieldSize: 16 * 1024, headerPairs: 100, parts: 2000 },
    });
  } catch (cause) {
    throw unreadable(cause);
  }
}

function bodyOf({ body }: Request): Readable {
  return body === null ? Readable.from([]) : Readable.fromWeb(body);
}

/** Lets so many bytes through, and fails at the next one. */
function counted(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}

function tooLarge(maxBytes: number): TintypeError {
  return new TintypeError({
    kind: "limit_exceeded",
    code: "upload.too_large",
    message: `An upload may have at most ${maxBytes} bytes in all. Send the files in several.`,
    details: { maxBytes },
  });
}

function tooManyFiles(maxFiles: number): TintypeError {
  return new TintypeError({
    kind: "limit_exceeded",
    code: "upload.too_many_files",
    message: `An upload may hold at most ${maxFiles} files. Send the others in another one.`,
    details: { maxFiles },
  });
}

function unreadable(cause: unknown): TintypeError {
  return invalidRequest("The form can't be read; is it complete?", cause);
}
