import type { ImageLimits, SourceImage } from "@tintype/image-core";
import { z } from "zod";

import type { Admission } from "./admission.ts";
import { openPicture } from "./open-picture.ts";
import { parseRequest, pipelineRequestSchema, type PipelineRequest } from "./pipeline-request.ts";
import type { PipelineResult } from "./pipeline-result.ts";
import { readSource } from "./read-source.ts";
import type { Registries } from "./registries.ts";
import { renderRequest, type RenderedRequest } from "./render-request.ts";
import type { RunOptions } from "./run-options.ts";
import { runPipeline } from "./run-pipeline.ts";
import { resolveServices, type PipelineServices } from "./services.ts";
import type { Source } from "./source.ts";

/** One request from its source to stored files. */
export interface Pipeline {
  readonly registries: Registries;
  readonly admission: Admission;
  readonly limits: ImageLimits;
  /** Checks a request from outside; throws `request.invalid` with every fault. */
  parse(input: unknown): PipelineRequest;
  /** The JSON Schema of what {@link parse} takes. */
  jsonSchema(): object;
  /** Reads the encoded picture that a source names, into memory that is the caller's own unless the source holds it. */
  read(source: Source, options?: RunOptions): Promise<Uint8Array>;
  /** Reads the header of an encoded picture; pixels are decoded when they are needed. Throws what `readImage` throws. */
  open(bytes: Uint8Array): Promise<SourceImage>;
  /** What {@link run} does, but for storing: the files are given in memory. */
  render(request: PipelineRequest, options?: RunOptions): Promise<RenderedRequest>;
  /** Reads the source, runs the steps, makes and stores every variant; an abort passes through with its reason. */
  run(request: PipelineRequest, options?: RunOptions): Promise<PipelineResult>;
}

/** Makes a pipeline over a storage. */
export function createPipeline(services: PipelineServices): Pipeline {
  const resolved = resolveServices(services);
  const { registries, admission, limits } = resolved;
  const schema = pipelineRequestSchema(registries);
  return {
    registries,
    admission,
    limits,
    parse: (input) => parseRequest(input, registries, schema),
    jsonSchema: () => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
    read: async (source, { signal } = {}) => (await readSource(source, resolved, signal)).bytes,
    open: async (bytes) => openPicture({ bytes }, limits),
    render: (request, options = {}) => renderRequest(request, resolved, options),
    run: (request, options = {}) => runPipeline(request, resolved, options),
  };
}
