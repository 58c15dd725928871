import { generateSourceSchema, pipelineRequestSchema, type Registries } from "@tintype/pipeline";
import type { Key } from "@tintype/storage";
import { z } from "zod";

import { parseFreeKey } from "./free-key.ts";
import { invalidRequest } from "./invalid-request.ts";

/** The body of `POST /api/v1/generate`. */
export function generateBodySchema(registries: Registries, maxVariations: number) {
  const { kind: _same, ...source } = generateSourceSchema(registries.prompts).shape;
  const { steps } = pipelineRequestSchema(registries).shape;
  return z
    .strictObject({
      ...source,
      count: z.int().min(1).max(maxVariations).default(1).describe("How many variations."),
      steps,
      output: registries.exporters.schema
        .optional()
        .describe("The format; by the key's extension, or png, when left out."),
      key: z
        .string()
        .optional()
        .describe(
          "Store the picture under this key; without one it is given in the answer alone. Of several the second is key-2, and so on.",
        ),
      metadata: z
        .record(z.string().regex(/^[a-z\d-]{1,60}$/u), z.string().max(500))
        .default({})
        .describe("Kept with the stored picture; names of a-z, 0-9 and hyphens."),
    })
    .meta({ id: "GenerateRequest" });
}

/** A parsed body. */
export type GenerateBody = z.output<ReturnType<typeof generateBodySchema>>;

/** The pipeline request that a body stands for: one file in one format. */
export function generateRequestOf(
  { count: _asked, steps, output, key, metadata: _kept, ...source }: GenerateBody,
  { exporters }: Registries,
): Record<string, unknown> {
  const extension =
    key === undefined ? "png" : (/\.(?<ending>\w+)$/u.exec(key)?.groups?.["ending"] ?? "png");
  const format = exporters.all.find(
    (one) => one.extension === extension.toLowerCase() || one.name === extension.toLowerCase(),
  )?.name;
  if (output === undefined && format === undefined) {
    throw invalidRequest(
      `No format ends in .${extension}: name one in output, or give the key another extension.`,
    );
  }
  return {
    source: { kind: "generate", ...source },
    steps,
    variants: [{ name: "image", output: output ?? { format } }],
  };
}

/** The key of one of several pictures: `cars/red.png`, `cars/red-2.png`. */
export function variationKey(key: string, index: number): Key {
  const numbered = key.replace(/(?<end>\.\w+)?$/u, `-${String(index + 1)}$<end>`);
  return parseFreeKey(index === 0 ? key : numbered);
}
