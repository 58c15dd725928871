import { parseInput } from "@tintype/image-core";
import type { z } from "zod";

/** Parses what a client sent; throws one `request.invalid` that lists every fault. */
export function parseRequest<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  return parseInput(schema, input, { what: "request", code: "request.invalid" });
}
