import type { AssetLibrary } from "@tintype/assets";
import { TintypeError } from "@tintype/errors";
import { pipelineRequestSchema, type Pipeline, type Stage } from "@tintype/pipeline";
import type { Storage } from "@tintype/storage";
import { z } from "zod";

import { defineJobKind, type JobKind } from "../job-kind.ts";
import { forgetPicture, keepPicture } from "./kept-picture.ts";
import { stagePercent } from "./stage-percent.ts";

/** What pictures are processed with. */
export interface ProcessJobServices {
  readonly pipeline: Pipeline;
  readonly storage: Storage;
  /** The library of pictures, where requests may name one of it. */
  readonly assets?: () => Promise<AssetLibrary>;
}

/** The kind of jobs that process a picture: a pipeline's request, or one for a picture of the library, whose results become versions of it. */
export function processJob({ pipeline, storage, assets }: ProcessJobServices): JobKind {
  const { source, ...rest } = pipelineRequestSchema(pipeline.registries).shape;
  const input = z
    .strictObject({
      source: source.optional().describe("Where the picture comes from."),
      asset: z
        .strictObject({
          id: z.string().max(64).describe("The picture's id."),
          version: z.int().min(0).default(1).describe("Which of its files; 1 is the original."),
        })
        .optional()
        .describe("A picture of the library, instead of a source: the files become its versions."),
      ...rest,
    })
    .meta({ id: "ProcessJobInput" });
  type Input = z.output<typeof input>;

  /** The pipeline's request, with a source that stands for the asset where it is not known yet. */
  const requestOf = ({ asset, source: given, ...work }: Input, found?: object) => {
    const named = asset === undefined ? given : (found ?? { kind: "stored", key: "asset" });
    return pipeline.parse({ ...work, source: named });
  };

  return defineJobKind({
    name: "process",
    summary: "Process a picture into stored files.",
    input,
    examples: [
      { source: { kind: "url", url: "https://images.example.com/car.png" }, preset: "product" },
    ] as never,
    check(given) {
      if ((given.source === undefined) === (given.asset === undefined)) throw oneSource();
      requestOf(given);
    },
    async keep(given, id) {
      const kept = await keepPicture(storage, id, given.source);
      return kept === undefined ? given : { ...given, source: kept };
    },
    forget: async (id) => forgetPicture(storage, id),
    async run(given, { id, signal, timeoutMs, progress }) {
      const onStage = (stage: Stage) => progress(stagePercent[stage], stage);
      const options = { signal, timeoutMs, onStage };
      const { asset } = given;
      if (asset === undefined || assets === undefined)
        return pipeline.run(requestOf(given), options);
      const library = await assets();
      const located = await library.locate(asset.id, asset.version);
      const found = { kind: "stored", key: located.key };
      const request = requestOf(given, found);
      const result = await pipeline.run(request, options);
      const recipes = new Map(
        request.variants.map(({ name, steps, output }) => [
          name,
          { steps: [...request.steps, ...steps], output },
        ]),
      );
      const files = result.variants.map((file) =>
        Object.assign({}, file, { recipe: recipes.get(file.name) }),
      );
      const numbers = await library.addVersions(asset.id, files, { jobId: id });
      const versions = Object.fromEntries(files.map(({ name }, index) => [name, numbers[index]]));
      return { ...result, asset: { id: asset.id, name: located.asset.name }, versions };
    },
  });
}

function oneSource(): TintypeError {
  return new TintypeError({
    kind: "invalid_input",
    code: "job.invalid",
    message: "Give exactly one picture: source, or asset.",
  });
}
