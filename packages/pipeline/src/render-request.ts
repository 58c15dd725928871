import { freeBuffer, recipe, type SourceFacts, type SourceImage } from "@tintype/image-core";

import { estimateCost } from "./estimate-cost.ts";
import { fitGenerated, type Fitting } from "./generation/fit-generated.ts";
import type { GenerationFacts } from "./generation/read-generated.ts";
import { openPicture, readOptions, type PictureFile } from "./open-picture.ts";
import type { PipelineRequest } from "./pipeline-request.ts";
import type { Stage } from "./pipeline-result.ts";
import { readSource } from "./read-source.ts";
import { canCross } from "./registries.ts";
import { removeByEngine } from "./remove-by-engine.ts";
import { renderPicture, type Rendered } from "./render-picture.ts";
import type { RunOptions } from "./run-options.ts";
import type { ResolvedServices } from "./services.ts";
import { parseReference, type Source } from "./source.ts";
import { startStopwatch, type Stopwatch } from "./stopwatch.ts";
import { warningsFor } from "./warnings-for.ts";

/** What a request makes, before any of it is stored. */
export interface RenderedRequest extends Omit<Rendered, "timings"> {
  readonly source: SourceFacts;
  /** Ms spent in each stage. */
  readonly timings: Readonly<Record<Exclude<Stage, "store">, number>>;
  /** How the picture came to be, where it was made from words. */
  readonly generation?: GenerationFacts;
  /** What the user should know although the request succeeded. */
  readonly warnings: readonly string[];
}

/** How rendering is done. */
interface RenderOptions extends Omit<RunOptions, "sourceSha256"> {
  /** Sees the source's bytes, which may be given back once it is done. */
  readonly onBytes?: (bytes: Uint8Array) => Promise<void>;
}

/** Takes one request from its source to finished files in memory; an abort passes through with its reason. */
export async function renderRequest(
  request: PipelineRequest,
  services: ResolvedServices,
  options: RenderOptions,
): Promise<RenderedRequest> {
  const stopwatch = startStopwatch(["read", "open", "wait"]);
  if (request.source.kind !== "stored") return renderSource(request, services, options, stopwatch);
  const approach = async () => services.admission.approach(options.signal);
  const leave = await stopwatch.time("wait", approach);
  try {
    return await renderSource(request, services, options, stopwatch);
  } finally {
    leave();
  }
}

async function renderSource(
  request: PipelineRequest,
  services: ResolvedServices,
  { signal, timeoutMs, onStage, onBytes, picture, transfer = false }: RenderOptions,
  stopwatch: Stopwatch<"read" | "open" | "wait">,
): Promise<RenderedRequest> {
  const { admission, limits } = services;

  onStage?.("read");
  const { generation, ...given } = await stopwatch.time("read", () =>
    readSource(request.source, services, signal),
  );
  const file = { ...given, ...readOptions(request.source) };
  onStage?.("open");
  const image = await stopwatch.time("open", async () => picture ?? openPicture(file, limits));

  const fitting = await stopwatch.time("open", () => fit(request, image, services, signal));

  onStage?.("wait");
  const leave = await stopwatch.time("wait", () => admission.enter(pixelsOf(image), signal));
  try {
    // Steps and files are made in one go, maybe in another process.
    onStage?.("steps");
    const rendered = await render(image, file, withSteps(request, fitting), services, {
      signal,
      timeoutMs,
    });
    const { read, open, wait } = stopwatch.read();
    await onBytes?.(file.bytes);
    if (isOwn(request.source, transfer)) freeBuffer(file.bytes);
    return {
      ...rendered,
      source: image.source,
      timings: { read, open, wait, ...rendered.timings },
      ...(generation && { generation }),
      warnings: [...fitting.warnings, ...warningsFor(image, request.source, rendered.files)],
    };
  } finally {
    leave();
  }
}

/** Whether the source's bytes are this request's alone: read or decoded for it, or handed over. */
function isOwn(source: Source, transfer: boolean): boolean {
  if (source.kind === "bytes") return transfer || typeof source.data === "string";
  // A generator may remember what it made.
  return source.kind !== "generate";
}

/** What a picture that was made needs before the request's own steps; nothing for any other. */
async function fit(
  { source }: PipelineRequest,
  image: SourceImage,
  services: ResolvedServices,
  signal?: AbortSignal,
): Promise<Fitting> {
  if (source.kind !== "generate") return { steps: recipe(), warnings: [] };
  const open = async (reference: string) =>
    openPicture(await readSource(parseReference(reference), services, signal), services.limits);
  return fitGenerated(source, image, services.registries.prompts, open, signal);
}

function withSteps(request: PipelineRequest, { steps }: Fitting): PipelineRequest {
  return steps.length === 0 ? request : { ...request, steps: recipe(...steps, ...request.steps) };
}

/** Renders here, or in a process of its own where a picture may take so long that its deadline has to end it. */
async function render(
  image: SourceImage,
  file: PictureFile,
  { steps, variants, facts }: PipelineRequest,
  services: ResolvedServices,
  { signal, timeoutMs = Infinity }: RunOptions,
): Promise<Rendered> {
  const { limits, registries, isolation } = services;
  const work = { steps, variants, facts };
  const loadFile = (reference: string) => readSource(parseReference(reference), services, signal);
  const removers = removeByEngine(services.backgroundRemovers);
  if (
    isolation &&
    canCross(registries) &&
    estimateCost(image, work, registries) > Math.min(isolation.aboveMs, timeoutMs / 10)
  ) {
    const outside = { load: loadFile, ...removers };
    return isolation.renderer.render({ file, limits, ...work }, outside, signal);
  }
  const load = async (reference: string) => openPicture(await loadFile(reference), limits);
  const outside = { load, ...removers };
  const original = { image, bytes: file.bytes };
  return renderPicture(original, work, { registries, limits, ...outside, signal });
}

/** Of all frames. */
function pixelsOf({ width, height, animation }: SourceImage): number {
  return width * height * (animation?.delays.length ?? 1);
}
