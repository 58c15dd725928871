import { sha256Of } from "@tintype/storage";

import { outputFolder, outputKey } from "./output-key.ts";
import type { PipelineRequest } from "./pipeline-request.ts";
import type { PipelineResult, StoredVariant } from "./pipeline-result.ts";
import type { RenderedVariant } from "./render-picture.ts";
import { renderRequest } from "./render-request.ts";
import type { RunOptions } from "./run-options.ts";
import type { ResolvedServices } from "./services.ts";
import { settleAll } from "./settle-all.ts";
import { startStopwatch } from "./stopwatch.ts";

/** Takes one request from its source to stored files; an abort passes through with its reason. */
export async function runPipeline(
  request: PipelineRequest,
  services: ResolvedServices,
  options: RunOptions,
): Promise<PipelineResult> {
  const { signal, onStage } = options;
  const started = performance.now();
  let { sourceSha256 } = options;
  const { files, timings, ...made } = await renderRequest(request, services, {
    ...options,
    async onBytes(bytes) {
      sourceSha256 ??= await sha256Of(bytes);
    },
  });
  const source = { ...made.source, sha256: sourceSha256 as string };
  signal?.throwIfAborted();
  onStage?.("store");
  const stopwatch = startStopwatch(["store"]);
  const variants = await stopwatch.time("store", () =>
    storeVariants(files, request, source.sha256, services, signal),
  );
  const total = Number((performance.now() - started).toFixed(2));
  return {
    ...made,
    source,
    variants,
    timings: { ...timings, store: stopwatch.read().store, total },
    compressionRatio: compressionRatio(source.bytes, variants),
    exportedAt: new Date().toISOString(),
  };
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
        const sha256 = await sha256Of(data);
        return { name, ...file, bytes: data.length, sha256, key, url, steps, facts };
      },
    ),
  );
}

function compressionRatio(sourceBytes: number, variants: readonly StoredVariant[]): number {
  const written = variants.reduce((sum, { bytes }) => sum + bytes, 0);
  return Number((sourceBytes / written).toFixed(3));
}
