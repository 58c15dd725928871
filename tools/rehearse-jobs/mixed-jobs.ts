import { sharp } from "@tintype/image-core";
import type { Submission } from "@tintype/jobs";
import type { Runtime } from "@tintype/runtime";

/** Wishes for jobs of many kinds, each for something of its own. */
export type JobMix = (index: number) => Submission;

/** Makes wishes for small pictures: of the library, sent along, made from words, of the older post-processor, and batches of two. */
export async function mixedJobs(runtime: Runtime): Promise<JobMix> {
  const bytes = await Promise.all(["#c2571a", "#5b7c92", "#7a9b57"].map(drawing));
  const library = await runtime.assets();
  const assets: string[] = [];
  for (const one of bytes) assets.push((await library.ingest({}, one)).id);
  const ofAsset = (index: number) => ({ asset: { id: at(assets, index) }, ...work(index) });
  const sent = (index: number) => ({
    source: { kind: "bytes", data: at(bytes, index).toString("base64") },
    ...work(index),
  });
  const makers: readonly ((index: number) => Submission)[] = [
    (index) => ({ kind: "process", input: ofAsset(index) }),
    (index) => ({ kind: "process", input: sent(index) }),
    (index) => ({ kind: "process", input: ofAsset(index), priority: "high" }),
    (index) => ({
      kind: "generate",
      input: { prompt: `drawing ${index}`, ...words, ...work(index) },
    }),
    (index) => ({
      kind: "post-process",
      input: { tool: "dall-e", sourceBuffer: at(bytes, index).toString("base64") },
      project: "older",
    }),
    (index) => ({ kind: "batch", input: { requests: [ofAsset(index), sent(index)] } }),
  ];
  return (index) => at(makers, index)(index);
}

/** The value whose turn it is. */
function at<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value;
}

const words = { generator: "sample", size: "custom", width: 64, height: 64 };

/** Files of which no two jobs make the same. */
function work(index: number) {
  const steps = [{ step: "resize", width: 16 + (index % 400) }];
  const output = { format: index % 2 === 0 ? "webp" : "png" };
  return { variants: [{ name: `v${index}`, steps, output }] };
}

async function drawing(color: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><rect width="96" height="64" fill="#eee"/><circle cx="48" cy="32" r="24" fill="${color}"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
