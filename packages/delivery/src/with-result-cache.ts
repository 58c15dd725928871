import type {
  Pipeline,
  PipelineRequest,
  PipelineResult,
  RunOptions,
  Source,
  StoredVariant,
} from "@tintype/pipeline";
import { sha256Of, type Storage } from "@tintype/storage";

import type { CacheStatus, ResultCache } from "./cache/result-cache.ts";

/** What results of a pipeline are kept with. */
export interface CachedPipelineOptions {
  readonly cache: ResultCache;
  /** Where the pipeline stores its files. */
  readonly storage: Storage;
  /** First part of the keys of requests that name no folder. */
  readonly outputPrefix: string;
  readonly urlExpiresInSeconds?: number | undefined;
}

/** A result, and how it was come by. */
export type CachedPipelineResult = PipelineResult & { readonly cache?: CacheStatus };

type FileSource = Exclude<Source, { kind: "generate" }>;
type FileRequest = PipelineRequest & { readonly source: FileSource };

/** A pipeline whose `run` looks for the result of an equal request first; its files must still be there. */
export function withResultCache(pipeline: Pipeline, options: CachedPipelineOptions): Pipeline {
  return {
    ...pipeline,
    run(request, run = {}) {
      const { source } = request;
      return isFile(source) && isRepeatable(request)
        ? runCached(pipeline, { ...request, source }, options, run)
        : pipeline.run(request, run);
    },
  };
}

async function runCached(
  pipeline: Pipeline,
  request: FileRequest,
  { cache, storage, outputPrefix, urlExpiresInSeconds }: CachedPipelineOptions,
  run: RunOptions,
): Promise<CachedPipelineResult> {
  const { signal } = run;
  const started = performance.now();
  const bytes = await pipeline.read(request.source, { signal });
  const { animated, page, name } = request.source;
  const known = { ...request, source: { kind: "bytes", data: bytes, animated, page, name } };
  const sourceSha256 = await sha256Of(bytes);
  const transfer = run.transfer ?? bytes !== heldBy(request.source);
  const make = async (end: AbortSignal | undefined) =>
    pipeline.run(known as PipelineRequest, { ...run, signal: end, sourceSha256, transfer });

  const id = {
    source: sourceSha256,
    work: JSON.stringify(["run", outputPrefix, { ...known, source: { animated, page, name } }]),
  };
  const { result, status } = await cache.through(
    id,
    async (end) => ({ facts: { result: await make(end) }, bytes: new Uint8Array() }),
    signal,
  );
  const found = result.facts["result"] as PipelineResult;
  if (status !== "hit") return { ...found, cache: status };
  const variants = await storedStill(found.variants, storage, urlExpiresInSeconds);
  // Somebody tidied up: the files are made again under the same keys.
  if (!variants) return { ...(await make(signal)), cache: "miss" };
  const total = Number((performance.now() - started).toFixed(2));
  const none = Object.fromEntries(Object.keys(found.timings).map((stage) => [stage, 0]));
  const timings = { ...none, read: total, total } as unknown as PipelineResult["timings"];
  return { ...found, variants, timings, cache: "hit" };
}

function heldBy(source: FileSource): unknown {
  return source.kind === "bytes" ? source.data : undefined;
}

/** Whether the source is a file, and not one that is made for each request. */
function isFile(source: Source): source is FileSource {
  return source.kind !== "generate";
}

/** Whether the same request gives the same result: other pictures that steps name may have changed. */
function isRepeatable({ steps, variants }: PipelineRequest): boolean {
  const named = [...steps, ...variants.flatMap((variant) => variant.steps)];
  return named.every(({ image }) => image === undefined);
}

/** The variants with addresses that hold from now on; undefined when a file of theirs is gone or another. */
async function storedStill(
  variants: readonly StoredVariant[],
  storage: Storage,
  expiresInSeconds: number | undefined,
): Promise<readonly StoredVariant[] | undefined> {
  const found = await Promise.all(variants.map(({ key }) => storage.head(key)));
  const isThere = variants.every(({ bytes }, index) => found[index]?.bytes === bytes);
  if (!isThere) return undefined;
  return Promise.all(
    variants.map(async (variant) => ({
      ...variant,
      url: await storage.url(variant.key, { expiresInSeconds }),
    })),
  );
}
