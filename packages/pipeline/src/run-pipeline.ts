import { createHash } from "node:crypto";

import { encode, type EncodedImage } from "@tintype/exporters";
import {
  imageFromPixels,
  readImage,
  runSteps,
  type AppliedStep,
  type Image,
  type RunStepsOptions,
  type SourceFacts,
} from "@tintype/image-core";

import { outputFolder, outputKey } from "./output-key.ts";
import type { PipelineRequest } from "./pipeline-request.ts";
import { stages, type PipelineResult, type StoredVariant } from "./pipeline-result.ts";
import { readSource } from "./read-source.ts";
import type { ResolvedServices } from "./services.ts";
import { settleAll } from "./settle-all.ts";
import { parseReference } from "./source.ts";
import { startStopwatch } from "./stopwatch.ts";

/** Takes one request from its source to stored files; an abort passes through with its reason. */
export async function runPipeline(
  request: PipelineRequest,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<PipelineResult> {
  const { admission, limits } = services;
  const stopwatch = startStopwatch(stages);

  const bytes = await stopwatch.time("read", () => readSource(request.source, services, signal));
  const source = await stopwatch.time("open", () => readImage(bytes, limits));
  const sourceSha256 = sha256(bytes);

  const leave = await stopwatch.time("wait", () =>
    admission.enter(source.width * source.height, signal),
  );
  let rendered: Rendered;
  try {
    const options = stepOptions(services, signal);
    const base = await stopwatch.time("steps", () => runSteps(source, request.steps, options));
    const files = await stopwatch.time("export", () =>
      renderVariants(base.image, request, services, options),
    );
    rendered = { width: base.image.width, height: base.image.height, steps: base.steps, files };
  } finally {
    leave();
  }

  signal?.throwIfAborted();
  const variants = await stopwatch.time("store", () =>
    storeVariants(rendered.files, request, sourceSha256, services, signal),
  );
  return {
    source: { ...source.source, sha256: sourceSha256 },
    width: rendered.width,
    height: rendered.height,
    steps: rendered.steps,
    variants,
    timings: stopwatch.read(),
    compressionRatio: compressionRatio(bytes.length, variants),
    warnings: warningsFor(source.source),
    exportedAt: new Date().toISOString(),
  };
}

interface Rendered {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly AppliedStep[];
  readonly files: readonly RenderedVariant[];
}

interface RenderedVariant {
  readonly name: string;
  readonly steps: readonly AppliedStep[];
  readonly file: EncodedImage;
}

function stepOptions(services: ResolvedServices, signal?: AbortSignal): RunStepsOptions {
  const { limits, registries } = services;
  return {
    registry: registries.steps,
    limits,
    load: async (reference) =>
      readImage(await readSource(parseReference(reference), services, signal), limits),
    ...(signal && { signal }),
  };
}

/** Makes all variants side by side, from one decoding of the picture. */
async function renderVariants(
  image: Image,
  { variants }: PipelineRequest,
  { registries }: ResolvedServices,
  options: RunStepsOptions,
): Promise<readonly RenderedVariant[]> {
  // A single variant may load a JPEG at a fraction of its size; several would each decode it anew.
  const shared =
    variants.length > 1 ? imageFromPixels(await image.pixels(), image.metadata) : image;
  return settleAll(
    variants.map(async ({ name, steps, output }) => {
      const made = await runSteps(shared, steps, options);
      options.signal?.throwIfAborted();
      const file = await encode(made.image, output, { registry: registries.exporters });
      return { name, steps: made.steps, file };
    }),
  );
}

async function storeVariants(
  files: readonly RenderedVariant[],
  request: PipelineRequest,
  sourceSha256: string,
  { storage, outputPrefix, urlExpiresInSeconds }: ResolvedServices,
  signal?: AbortSignal,
): Promise<readonly StoredVariant[]> {
  const folder = outputFolder(request, { prefix: outputPrefix, sourceSha256 });
  return settleAll(
    files.map(async ({ name, steps, file: { data, extension, ...facts } }) => {
      const key = outputKey(folder, request, { name, extension });
      await storage.put(key, data, { mediaType: facts.mediaType, signal });
      const url = await storage.url(key, { expiresInSeconds: urlExpiresInSeconds });
      return { name, ...facts, bytes: data.length, sha256: sha256(data), key, url, steps };
    }),
  );
}

function warningsFor({ format, pages }: SourceFacts): readonly string[] {
  if (pages === 1) return [];
  const what = format === "tiff" ? "pages" : "frames";
  return [`The source has ${pages} ${what}; the files show the first.`];
}

function compressionRatio(sourceBytes: number, variants: readonly StoredVariant[]): number {
  const written = variants.reduce((sum, { bytes }) => sum + bytes, 0);
  return Number((sourceBytes / written).toFixed(3));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
