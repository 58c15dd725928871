import { z } from "zod";

import type { Admission } from "./admission.ts";
import { parseRequest, pipelineRequestSchema, type PipelineRequest } from "./pipeline-request.ts";
import type { PipelineResult } from "./pipeline-result.ts";
import type { Registries } from "./registries.ts";
import { runPipeline } from "./run-pipeline.ts";
import { resolveServices, type PipelineServices } from "./services.ts";

/** One request from its source to stored files. */
export interface Pipeline {
  readonly registries: Registries;
  readonly admission: Admission;
  /** Checks a request from outside; throws `request.invalid` with every fault. */
  parse(input: unknown): PipelineRequest;
  /** The JSON Schema of what {@link parse} takes. */
  jsonSchema(): object;
  /** Reads the source, runs the steps, makes and stores every variant; an abort passes through with its reason. */
  run(
    request: PipelineRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<PipelineResult>;
}

/** Makes a pipeline over a storage. */
export function createPipeline(services: PipelineServices): Pipeline {
  const resolved = resolveServices(services);
  const { registries, admission } = resolved;
  const schema = pipelineRequestSchema(registries);
  return {
    registries,
    admission,
    parse: (input) => parseRequest(input, registries, schema),
    jsonSchema: () => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
    run: (request, { signal } = {}) => runPipeline(request, resolved, signal),
  };
}
