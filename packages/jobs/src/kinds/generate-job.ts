import {
  generateSourceSchema,
  pipelineRequestSchema,
  runVariations,
  type Pipeline,
  type Stage,
} from "@tintype/pipeline";
import { z } from "zod";

import { defineJobKind, type JobContext, type JobKind } from "../job-kind.ts";
import { plainError } from "../plain-error.ts";
import { stagePercent } from "./stage-percent.ts";

/** What pictures are made from words with. */
export interface GenerateJobServices {
  readonly pipeline: Pipeline;
  /** The most variations of one job. */
  readonly maxVariations: number;
  /** First part of the keys of files whose request names no folder. */
  readonly outputPrefix: string;
}

/** The kind of jobs that make pictures from words, several variations of one where that is asked for. */
export function generateJob({
  pipeline,
  maxVariations,
  outputPrefix,
}: GenerateJobServices): JobKind {
  const { source: _made, ...rest } = pipelineRequestSchema(pipeline.registries).shape;
  const { kind: _same, ...fields } = generateSourceSchema(pipeline.registries.prompts).shape;
  const input = z
    .strictObject({
      ...fields,
      count: z.int().min(1).max(maxVariations).default(1).describe("How many variations."),
      ...rest,
    })
    .meta({ id: "GenerateJobInput" });

  // Made twice a picture may differ: the job's own folder gives it the same keys all the same.
  const requestOf = (given: z.output<typeof input>, id: string) => {
    const { count: _asked, preset, steps, variants, facts, store, ...words } = given;
    return pipeline.parse({
      source: { kind: "generate", ...words },
      ...(preset !== undefined && { preset }),
      steps,
      variants,
      facts,
      store: { folder: `${outputPrefix}/${id}`, ...store },
    });
  };

  return defineJobKind({
    name: "generate",
    summary: "Make pictures from words, into stored files.",
    input,
    examples: [{ prompt: "a red car", size: "card", count: 2, preset: "product" }] as never,
    check: (given) => void requestOf(given, "job"),
    async run(given, { id, signal, timeoutMs, progress }) {
      const begun = beginnings(given.count, progress);
      const { results, failures } = await runVariations(
        requestOf(given, id),
        given.count,
        async (one) => pipeline.run(one, { signal, timeoutMs, onStage: begun() }),
        signal,
      );
      return { results, failures: failures.map(plainError) };
    },
  });
}

/** Tells how far several pictures are together; each call is for another one of them. */
function beginnings(count: number, progress: JobContext["progress"]) {
  const percents: number[] = [];
  return () => {
    const index = percents.push(0) - 1;
    return (stage: Stage) => {
      percents[index] = stagePercent[stage];
      progress(percents.reduce((sum, percent) => sum + percent, 0) / count, stage);
    };
  };
}
