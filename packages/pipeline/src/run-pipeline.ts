import { createHash } from "node:crypto";

import { readImage, type SourceFacts, type SourceImage } from "@tintype/image-core";

import { estimateCost } from "./isolation/estimate-cost.ts";
import { outputFolder, outputKey } from "./output-key.ts";
import type { PipelineRequest } from "./pipeline-request.ts";
import { stages, type PipelineResult, type StoredVariant } from "./pipeline-result.ts";
import { readSource } from "./read-source.ts";
import { builtInRegistries } from "./registries.ts";
import { renderPicture, type Rendered, type RenderedVariant } from "./render-picture.ts";
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
    rendered = await render(source, bytes, request, services, signal);
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
    facts: rendered.facts,
    variants,
    timings: { ...stopwatch.read(), ...rendered.timings },
    compressionRatio: compressionRatio(bytes.length, variants),
    warnings: warningsFor(source.source),
    exportedAt: new Date().toISOString(),
  };
}

/** Renders here, or in a process of its own where a picture may take so long that its deadline has to end it. */
async function render(
  source: SourceImage,
  bytes: Uint8Array,
  { steps, variants, facts }: PipelineRequest,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<Rendered> {
  const { limits, registries, isolation } = services;
  const work = { steps, variants, facts };
  const loadBytes = (reference: string) => readSource(parseReference(reference), services, signal);
  const canCross = registries === builtInRegistries;
  if (isolation && canCross && estimateCost(source.source, work, registries) > isolation.aboveMs) {
    return isolation.renderer.render({ bytes, limits, ...work }, loadBytes, signal);
  }
  const load = async (reference: string) => readImage(await loadBytes(reference), limits);
  return renderPicture(source, work, { registries, limits, load, signal });
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
    files.map(async ({ name, steps, facts, file: { data, extension, ...file } }) => {
      const key = outputKey(folder, request, { name, extension });
      await storage.put(key, data, { mediaType: file.mediaType, signal });
      const url = await storage.url(key, { expiresInSeconds: urlExpiresInSeconds });
      return { name, ...file, bytes: data.length, sha256: sha256(data), key, url, steps, facts };
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
