import { generationFields, sizeFault, type PromptBook } from "@tintype/generators";
import { composite } from "@tintype/image-core";
import { z } from "zod";

const { blend, opacity } = composite.options.shape;

/** The source that makes its picture from words, with the names that a book of prompts knows. */
export function generateSourceSchema(book: PromptBook) {
  return z
    .strictObject({
      kind: z.literal("generate"),
      ...generationFields(book),
      generator: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,39}$/u, "expected the name of a generator, such as sample")
        .optional()
        .describe("Who draws; the service's own choice when left out."),
      model: z
        .string()
        .regex(/^[\w.:-]{1,100}$/u, "expected the name of a model")
        .optional()
        .describe("A model of that generator, instead of its own."),
      references: z
        .array(z.string().min(1))
        .max(14)
        .default([])
        .describe("Pictures to work from: http(s) URLs, data: URLs or the keys of stored objects."),
      base: z
        .strictObject({
          image: composite.options.shape.image,
          blend,
          opacity: opacity.unwrap().default(0.5).describe("Of the base picture."),
        })
        .optional()
        .describe(
          "A picture to blend into the one that was made, at its size; one that can't be read is left out with a warning.",
        ),
    })
    .superRefine((source, context) => {
      const fault = sizeFault(source);
      if (fault !== undefined) context.addIssue({ code: "custom", path: ["size"], message: fault });
    });
}

/** A source that makes its picture from words. */
export type GenerateSource = z.output<ReturnType<typeof generateSourceSchema>>;
