import { createHash } from "node:crypto";

import { joinKey, type Key } from "@tintype/storage";

import type { PipelineRequest } from "./pipeline-request.ts";

/** The folder of a request's files: the one it names, or one made of what the result depends on, so that equal requests share it. */
export function outputFolder(
  request: PipelineRequest,
  { prefix, sourceSha256 }: { readonly prefix: string; readonly sourceSha256: string },
): string {
  if (request.store.folder !== undefined) return request.store.folder;
  // Facts are told of the files, and don't change them.
  const variants = request.variants.map(({ name, steps, output }) => ({ name, steps, output }));
  const content = JSON.stringify([sourceSha256, request.steps, variants, ...fitting(request)]);
  return `${prefix}/${createHash("sha256").update(content).digest("hex").slice(0, 32)}`;
}

/** What is done to a picture that was made before the request's own steps. */
function fitting({ source }: PipelineRequest): readonly unknown[] {
  if (source.kind !== "generate") return [];
  return [source.size, source.width, source.height, source.base];
}

/** `car-grid.webp`, `grid.webp` without a name, `car.webp` for a single variant of a named request. */
export function outputKey(
  folder: string,
  { store: { name }, variants }: PipelineRequest,
  variant: { readonly name: string; readonly extension: string },
): Key {
  const stem =
    name === undefined ? variant.name : variants.length === 1 ? name : `${name}-${variant.name}`;
  const file = `${stem}.${variant.extension}`;
  return folder === "" ? joinKey(file) : joinKey(folder, file);
}

/** A name for output files from the name of a file: without folders and extension, and only with safe characters. */
export function outputName(filename: string): string | undefined {
  const base = filename.normalize("NFC").split(/[/\\]/u).at(-1) ?? "";
  const stem = base.replace(/(?<=.)\.[^.]*$/u, "");
  const safe = stem
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^[^\p{L}\p{N}]+|[-.]+$/gu, "");
  return firstBytes(safe, 100) || undefined;
}

/** As much of a text as fits into so many bytes of UTF-8: a storage bounds the bytes of a name, not its characters. */
function firstBytes(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}
