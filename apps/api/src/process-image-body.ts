import { product } from "@tintype/exporters";
import { outputName, pipelineRequestSchema, type Registries } from "@tintype/pipeline";
import { z } from "zod";

import { invalidRequest } from "./invalid-request.ts";
import { parseRequest } from "./parse-request.ts";

/** What the product preset is asked for by name. */
const productOptions = product.options.pick({
  removeBackground: true,
  autoCrop: true,
  addShadow: true,
});

/** The body of `POST /api/v1/process-image`, as JSON or as the fields of a form. */
export function processImageSchema(registries: Registries) {
  const { source, preset, steps, variants, facts } = pipelineRequestSchema(registries).shape;
  return z
    .strictObject({
      imageBase64: z
        .string()
        .optional()
        .describe("The picture in base64, plain or as a data: URL."),
      imageUrl: z.string().optional().describe("An http or https address of the picture."),
      source: source.optional().describe("Where the picture is, such as in the storage."),
      filename: z.string().max(255).optional().describe("What file names are made of."),
      options: productOptions.optional().describe("For the preset product, which is the default."),
      preset,
      steps,
      variants,
      facts,
      inline: z
        .boolean()
        .default(false)
        .describe("Whether the answer holds the files too, in base64."),
    })
    .meta({ id: "ProcessImageRequest" });
}

/** A parsed body. */
export type ProcessImageBody = z.output<ReturnType<typeof processImageSchema>>;

/** The pipeline request that a body stands for, for a client that accepts some types of answers. */
export function requestOf(body: ProcessImageBody, accept?: string): Record<string, unknown> {
  const name = body.filename === undefined ? undefined : outputName(body.filename);
  return {
    source: sourceOf(body),
    preset: presetOf(body),
    steps: body.steps,
    variants: body.variants.map((variant) => withAccept(variant, accept)),
    facts: body.facts,
    store: { ...(name !== undefined && { name }) },
  };
}

/** A variant of the format `auto` that names no types itself takes those of the request, where it names types of pictures. */
function withAccept(variant: ProcessImageBody["variants"][number], accept: string | undefined) {
  const { output } = variant;
  const asks = output.format === "auto" && !("accept" in output) && accept?.includes("image/");
  return asks ? { ...variant, output: { ...output, accept } } : variant;
}

function sourceOf({ imageBase64, imageUrl, source }: ProcessImageBody): unknown {
  const given = [
    imageBase64 !== undefined && { kind: "bytes", data: imageBase64 },
    imageUrl !== undefined && { kind: "url", url: imageUrl },
    source,
  ].filter(Boolean);
  if (given.length === 1) return given[0];
  throw invalidRequest(
    "Give exactly one picture: imageBase64, imageUrl, source, or a form's image.",
  );
}

function presetOf({ options, preset, steps, variants }: ProcessImageBody): unknown {
  if (options === undefined) {
    return preset ?? (steps.length + variants.length === 0 ? "product" : undefined);
  }
  if (preset !== undefined && preset !== "product") {
    throw invalidRequest(
      "The options go with the preset product; write another preset's options inside it.",
    );
  }
  return { preset: "product", ...options };
}

/** Parses the body of a request, whatever its encoding; throws `preset.unknown` or `request.invalid`. */
export function parseProcessImageBody(
  schema: ReturnType<typeof processImageSchema>,
  body: unknown,
  { presets }: Registries,
): ProcessImageBody {
  // Before all else: the schema would answer with every other way to write a preset.
  const name = presetName(body);
  if (name !== undefined) presets.get(name);
  return parseRequest(schema, body);
}

/** The name of the preset in a body that was not parsed yet. */
function presetName(body: unknown): string | undefined {
  const { preset } = Object(body) as { readonly preset?: unknown };
  if (typeof preset === "string") return preset;
  const { preset: name } = Object(preset) as { readonly preset?: unknown };
  return typeof name === "string" ? name : undefined;
}
