/** This project, from the built packages of a checkout: `tintype.ts ROOT [PROFILE]`. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Outputs, Task } from "../protocol.ts";
import { serveJobs } from "../serve-jobs.ts";
import { recipesARound, sixStepRecipe } from "../six-steps.ts";

const [root = process.cwd(), profile] = process.argv.slice(2);
const built = (name: string): Promise<unknown> =>
  import(pathToFileURL(join(root, "packages", name, "dist/index.js")).href);

const exporters = (await built("exporters")) as typeof import("@tintype/exporters");
const { createPipeline } = (await built("pipeline")) as typeof import("@tintype/pipeline");
const { readImage, sharp } = (await built("image-core")) as typeof import("@tintype/image-core");
const stores = (await built("storage")) as typeof import("@tintype/storage");
const { createLocalStorage } = (await built(
  "storage-local",
)) as typeof import("@tintype/storage-local");

type Storage = ReturnType<typeof stores.createMemoryStorage>;
type Content = import("@tintype/exporters").PresetContent;

/** A pipeline, and the bytes that it stored last under each key. */
interface Line {
  readonly pipeline: ReturnType<typeof createPipeline>;
  readonly stored: Map<string, Uint8Array>;
}

function lineOver(storage: Storage): Line {
  const stored = new Map<string, Uint8Array>();
  const kept: Storage = {
    ...storage,
    put(key, body, options) {
      stored.set(key, body as Uint8Array);
      return storage.put(key, body, options);
    },
  };
  return { pipeline: createPipeline({ storage: kept }), stored };
}

let stageMs: Record<string, number> = {};

function takeStages(): Readonly<Record<string, number>> {
  const taken = stageMs;
  stageMs = {};
  return taken;
}

const inMemory = createPipeline({ storage: stores.createMemoryStorage() });
const onDisk = new Map<string, Line>();

function folderLine(folder: string): Line {
  const line = onDisk.get(folder) ?? lineOver(createLocalStorage({ root: folder }));
  onDisk.set(folder, line);
  return line;
}

function preset(name: string): Content {
  const { content, options } = exporters.builtInPresets.get(name);
  return content(options.parse({}) as never);
}

/** Whether a profile was asked for, and this revision's format has any. */
function takesProfile(format: string): boolean {
  return profile !== undefined && "profile" in exporters.builtInExporters.get(format).options.shape;
}

async function run({ input }: Task, content: Content, line?: Line): Promise<Outputs> {
  return runOn(await readFile(input), content, { line, transfer: true });
}

/** From bytes to files as a user of the library makes them: in memory, or stored where the limit stores them too. */
async function runOn(
  data: Uint8Array,
  content: Content,
  {
    line,
    transfer = false,
  }: { readonly line?: Line | undefined; readonly transfer?: boolean } = {},
): Promise<Outputs> {
  const variants = content.variants.map((variant) => ({
    ...variant,
    output: { ...variant.output, ...(takesProfile(variant.output.format) && { profile }) },
  }));
  const started = performance.now();
  const pipeline = line?.pipeline ?? inMemory;
  const request = pipeline.parse({
    source: { kind: "bytes", data },
    steps: content.steps,
    variants,
  });
  if (!line) {
    const { files, timings } = await pipeline.render(request, { transfer });
    note({ ...timings, total: performance.now() - started });
    return Object.fromEntries(files.map(({ name, file }) => [name, file.data]));
  }
  const { variants: files, timings } = await pipeline.run(request, { transfer });
  note(timings);
  return Object.fromEntries(
    files.map(({ name, key }) => [name, line.stored.get(key) ?? new Uint8Array()]),
  );
}

function note(timings: Readonly<Record<string, number>>): void {
  for (const [stage, ms] of Object.entries(timings)) stageMs[stage] = (stageMs[stage] ?? 0) + ms;
}

function resized(task: Task): Promise<Outputs> {
  const format = task.part === "small" ? "jpeg" : task.part;
  const output = { format, quality: format === "avif" ? 50 : 80 };
  const steps = [{ step: "resize", width: 800 }];
  return run(task, { steps, variants: [{ name: format, output }] });
}

async function look({ input }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  await readImage(bytes);
  await stores.sha256Of(bytes);
  return {};
}

async function intake({ input, folder }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  await readImage(bytes);
  const name = await stores.sha256Of(bytes);
  const storage = createLocalStorage({ root: folder });
  await storage.put(stores.parseKey(`${name}.png`), bytes);
  return {};
}

async function recipes({ input }: Task): Promise<Outputs> {
  const bytes = await readFile(input);
  const output = { format: "webp", quality: 80 };
  let last: Outputs = {};
  for (let count = 0; count < recipesARound; count += 1) {
    last = await runOn(bytes, { steps: sixStepRecipe, variants: [{ name: "webp", output }] });
  }
  return last;
}

async function inARow(task: Task): Promise<Outputs> {
  for (let count = 0; count < 16; count += 1) await resized({ ...task, part: "webp" });
  return {};
}

/** A hundred conversions of mixed kinds. */
async function mixed(task: Task): Promise<Outputs> {
  for (let count = 0; count < 25; count += 1) {
    for (const part of ["webp", "jpeg", "avif"]) await resized({ ...task, part });
    await run(task, preset("product"));
  }
  return {};
}

await serveJobs(
  {
    J1: (task) => run(task, preset("thumbnail")),
    J2: async (task) => run(task, preset("dall-e"), folderLine(task.folder)),
    J3: (task) => run(task, preset("product")),
    J4: resized,
    ...(profile === undefined && {
      "J5:look": look,
      "J5:put": intake,
      J6: recipes,
      "all:progressive": inARow,
      "all:mixed": mixed,
    }),
  },
  {
    version: `sharp ${sharp.versions.sharp}`,
    takeStages,
    absent:
      profile !== undefined && !takesProfile("webp")
        ? "this revision's formats have no profiles"
        : undefined,
  },
);
