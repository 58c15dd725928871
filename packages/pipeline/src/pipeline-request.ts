import { TintypeError } from "@tintype/errors";
import { wantedFactsSchema, type FactName, type PresetContent } from "@tintype/exporters";
import { parseInput, recipeSchema, type ParsedCall, type Recipe } from "@tintype/image-core";
import { parseKey, type Key } from "@tintype/storage";
import { z } from "zod";

import type { Registries } from "./registries.ts";
import { sourceSchema, type Source } from "./source.ts";

/** One file to make: its own steps after the shared ones, then the format. */
export interface Variant {
  readonly name: string;
  readonly steps: Recipe;
  readonly output: ParsedCall<"format">;
  /** What to tell of the file. */
  readonly facts: readonly FactName[];
}

/** A request that was checked: presets are spelled out and every option has its default. Made by a pipeline's `parse`. */
export type PipelineRequest = z.$brand<"PipelineRequest"> & {
  readonly source: Source;
  readonly steps: Recipe;
  readonly variants: readonly Variant[];
  /** What to tell of the picture after the shared steps. */
  readonly facts: readonly FactName[];
  readonly store: { readonly folder?: Key | ""; readonly name?: string };
};

/** A request as it comes from outside: a library call, an HTTP body, a job's payload or a file. */
export type PipelineRequestInput = z.input<ReturnType<typeof pipelineRequestSchema>>;

const maxVariants = 50;

/** The schema of requests that may name what the registries hold. */
export function pipelineRequestSchema(registries: Registries) {
  const { steps, exporters, presets } = registries;
  const recipe = recipeSchema(steps);
  const variant = z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/iu, {
        error: "expected up to 63 letters, digits, hyphens and underscores",
      })
      .describe("Part of the file's name, and how the result calls it."),
    steps: recipe.default([] as never).describe("Steps for this variant alone."),
    output: exporters.schema.describe("The format and its options."),
    facts: wantedFactsSchema.describe("What to tell of this file."),
  });
  return z
    .strictObject({
      source: sourceSchema(registries.prompts).describe("Where the picture comes from."),
      preset: z
        .union(
          [
            z
              .enum(presets.all.map(({ name }) => name) as [string], {
                error: ({ input }) =>
                  typeof input === "string" ? unknownPreset(input, presets) : undefined,
              })
              .describe("A preset's name."),
            presets.schema,
          ],
          { error: presetFault },
        )
        .optional()
        .describe("Steps and variants with a name; its steps run after those of the request."),
      steps: recipe.default([] as never).describe("Steps for the picture before all variants."),
      variants: z
        .array(variant)
        .max(maxVariants)
        .default([])
        .describe("Files to make, besides those of the preset."),
      facts: wantedFactsSchema.describe("What to tell of the picture after the shared steps."),
      store: z
        .strictObject({
          folder: z
            .string()
            .optional()
            .describe(
              "First part of the keys, empty for none; made of the picture's and the request's hash when left out.",
            ),
          name: z
            .string()
            .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u, {
              error: "expected up to 100 letters, digits, dots, hyphens and underscores",
            })
            .optional()
            .describe("What file names begin with."),
        })
        .default({})
        .describe("Where the files go."),
    })
    .meta({ id: "PipelineRequest", description: "One picture from its source to stored files." });
}

/** Checks a request and spells its preset out; throws `request.invalid` with every fault. */
export function parseRequest(
  input: unknown,
  registries: Registries,
  schema: ReturnType<typeof pipelineRequestSchema>,
): PipelineRequest {
  const context = { what: "request", code: "request.invalid" } as const;
  const { source, preset, steps, variants, facts, store } = parseInput(schema, input, context);
  const { folder, ...named } = store;
  const content = presetContent(preset, registries);
  // What a preset stands for goes through the same schema as what a user writes.
  const spelled = parseInput(
    schema,
    {
      source,
      steps: [...steps, ...content.steps],
      variants: [...content.variants, ...variants],
    },
    context,
  );
  assertVariants(spelled.variants);
  return {
    source: spelled.source,
    steps: spelled.steps,
    variants: spelled.variants,
    facts,
    store: {
      ...named,
      ...(folder !== undefined && { folder: folder === "" ? folder : parseKey(folder) }),
    },
  } as unknown as PipelineRequest;
}

function unknownPreset(name: string, presets: Registries["presets"]): string {
  const known = presets.all.map((preset) => preset.name).join(", ");
  return `Unknown preset ${JSON.stringify(name)}. Known: ${known}.`;
}

/** What is wrong with a preset: in its name where it is a text, else in its options; zod would say "Invalid input". */
function presetFault({ input, ...issue }: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_union") return undefined;
  const faults = issue.errors[typeof input === "string" ? 0 : 1] ?? [];
  return faults
    .map(({ path, message }) =>
      // The fault of an unknown name lies at `preset`, which the message says already.
      path.length === 0 || path[0] === "preset" ? message : `${path.join(".")}: ${message}`,
    )
    .join("; ");
}

function presetContent(
  preset: string | ParsedCall<"preset"> | undefined,
  { presets }: Registries,
): PresetContent {
  if (preset === undefined) return { steps: [], variants: [] };
  const call = typeof preset === "string" ? { preset } : preset;
  const { preset: name, ...options } = parseInput(presets.schema, call, {
    what: "preset",
    code: "request.invalid",
  });
  return presets.get(name).content(options as never);
}

function assertVariants(variants: readonly { readonly name: string }[]): void {
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (names.length > 0 && twice === undefined) return;
  throw new TintypeError({
    kind: "invalid_input",
    code: "request.invalid",
    message:
      twice === undefined
        ? "The request makes no file: name a preset, or at least one variant."
        : `The request has two variants named "${twice}".`,
  });
}
