import type { Declaration } from "@tintype/image-core";
import { usableGenerators } from "@tintype/runtime";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { generateBodySchema } from "../generate-body.ts";

const declared = z.object({
  name: z.string(),
  summary: z.string(),
  schema: z.looseObject({}).describe("Its options as JSON Schema, with defaults and ranges."),
  examples: z.array(z.looseObject({})).describe("Options that work."),
});

const call = z.looseObject({});

const catalog = z
  .object({
    steps: z.array(declared),
    formats: z.array(declared.extend({ mediaType: z.string(), alpha: z.boolean() })),
    presets: z.array(
      declared.extend({
        content: z
          .object({
            steps: z.array(call),
            variants: z.array(z.object({ name: z.string(), steps: z.array(call), output: call })),
          })
          .describe("What it stands for with its defaults."),
      }),
    ),
    generation: z
      .object({
        schema: z.looseObject({}).describe("What a request for pictures may say."),
        generators: z.array(z.string()).describe("Those that have what they need."),
      })
      .describe("How pictures are made from words."),
  })
  .meta({ id: "Catalog" });

/** What the one who makes the request decides, and not the one who describes the picture. */
const delivery = { steps: true, output: true, key: true, metadata: true } as const;

/** Lists everything that a request may name. */
export const catalogRoute: RouteFactory = ({ pipeline: { registries }, settings }) => {
  const wish = generateBodySchema(registries, settings.generation.maxVariations).omit(delivery);
  const body = {
    generation: { schema: schemaOf(wish), generators: usableGenerators(settings) },
    steps: registries.steps.all.map(shown),
    formats: registries.exporters.all.map((format) =>
      Object.assign(shown(format), { mediaType: format.mediaType, alpha: format.alpha }),
    ),
    presets: registries.presets.all.map((preset) => {
      const { steps, variants } = preset.content(preset.options.parse({}) as never);
      const spelled = variants.map((variant) => Object.assign({ steps: [] }, variant));
      return Object.assign(shown(preset), { content: { steps, variants: spelled } });
    }),
  };
  return {
    method: "get",
    path: "/api/v1/catalog",
    operation: {
      summary: "Every step, format and preset",
      description: "With their options as JSON Schema: what editors of recipes are made from.",
      tags: ["Service"],
      responses: {
        200: { description: "They.", content: { "application/json": { schema: catalog } } },
      },
    },
    handle: (context) => context.json(body),
  };
};

function shown({ name, summary, options, examples }: Declaration) {
  return { name, summary, schema: schemaOf(options), examples };
}

function schemaOf(options: z.ZodType) {
  return z.toJSONSchema(options, { io: "input", unrepresentable: "any" });
}
