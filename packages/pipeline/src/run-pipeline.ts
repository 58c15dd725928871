import { createHash } from "node:crypto";

import type { SourceImage } from "@tintype/image-core";

import { estimateCost } from "./isolation/estimate-cost.ts";
import { openPicture, readOptions, type PictureFile } from "./open-picture.ts";
import { outputFolder, outputKey } from "./output-key.ts";
import type { PipelineRequest } from "./pipeline-request.ts";
import { stages, type PipelineResult, type StoredVariant } from "./pipeline-result.ts";
import { readSource } from "./read-source.ts";
import { builtInRegistries } from "./registries.ts";
import { removeByEngine } from "./remove-by-engine.ts";
import { renderPicture, type Rendered, type RenderedVariant } from "./render-picture.ts";
import type { ResolvedServices } from "./services.ts";
import { settleAll } from "./settle-all.ts";
import { parseReference } from "./source.ts";
import { startStopwatch } from "./stopwatch.ts";
import { warningsFor } from "./warnings-for.ts";

/** Takes one request from its source to stored files; an abort passes through with its reason. */
export async function runPipeline(
  request: PipelineRequest,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<PipelineResult> {
  const { admission, limits } = services;
  const stopwatch = startStopwatch(stages);

  const read = await stopwatch.time("read", () => readSource(request.source, services, signal));
  const file = { ...read, ...readOptions(request.source) };
  const image = await stopwatch.time("open", () => openPicture(file, limits));
  const sourceSha256 = sha256(file.bytes);

  const leave = await stopwatch.time("wait", () => admission.enter(pixelsOf(image), signal));
  let rendered: Rendered;
  try {
    rendered = await render(image, file, request, services, signal);
  } finally {
    leave();
  }

  signal?.throwIfAborted();
  const variants = await stopwatch.time("store", () =>
    storeVariants(rendered.files, request, sourceSha256, services, signal),
  );
  return {
    source: { ...image.source, sha256: sourceSha256 },
    width: rendered.width,
    height: rendered.height,
    steps: rendered.steps,
    facts: rendered.facts,
    variants,
    timings: { ...stopwatch.read(), ...rendered.timings },
    compressionRatio: compressionRatio(file.bytes.length, variants),
    warnings: warningsFor(image, request.source, rendered.files),
    exportedAt: new Date().toISOString(),
  };
}

/** Renders here, or in a process of its own where a picture may take so long that its deadline has to end it. */
async function render(
  image: SourceImage,
  file: PictureFile,
  { steps, variants, facts }: PipelineRequest,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<Rendered> {
  const { limits, registries, isolation } = services;
  const work = { steps, variants, facts };
  const loadFile = (reference: string) => readSource(parseReference(reference), services, signal);
  const removers = removeByEngine(services.backgroundRemovers);
  const canCross = registries === builtInRegistries;
  if (isolation && canCross && estimateCost(image, work, registries) > isolation.aboveMs) {
    const outside = { load: loadFile, ...removers };
    return isolation.renderer.render({ file, limits, ...work }, outside, signal);
  }
  const load = async (reference: string) => openPicture(await loadFile(reference), limits);
  const outside = { load, ...removers };
  const original = { image, bytes: file.bytes };
  return renderPicture(original, work, { registries, limits, ...outside, signal });
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
    files.map(
      async ({ name, steps, facts, file: { data, extension, warnings: _told, ...file } }) => {
        const key = outputKey(folder, request, { name, extension });
        await storage.put(key, data, { mediaType: file.mediaType, signal });
        const url = await storage.url(key, { expiresInSeconds: urlExpiresInSeconds });
        return { name, ...file, bytes: data.length, sha256: sha256(data), key, url, steps, facts };
      },
    ),
  );
}

/** Of all frames. */
function pixelsOf({ width, height, animation }: SourceImage): number {
  return width * height * (animation?.delays.length ?? 1);
}

function compressionRatio(sourceBytes: number, variants: readonly StoredVariant[]): number {
  const written = variants.reduce((sum, { bytes }) => sum + bytes, 0);
  return Number((sourceBytes / written).toFixed(3));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
