/** ipx as a library. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

import { createIPX, ipxFSStorage } from "ipx";

import type { Outputs, Task } from "../protocol.ts";
import { serveJobs } from "../serve-jobs.ts";

const instances = new Map<string, ReturnType<typeof createIPX>>();

async function processed(input: string, options: Record<string, string>): Promise<Uint8Array> {
  const folder = dirname(input);
  const ipx = instances.get(folder) ?? createIPX({ storage: ipxFSStorage({ dir: folder }) });
  instances.set(folder, ipx);
  const { data } = await ipx(basename(input), options).process();
  return typeof data === "string" ? Buffer.from(data) : data;
}

async function twoVariants({ input, folder }: Task): Promise<Outputs> {
  const within = (side: number, format: string, quality: string) =>
    processed(input, { resize: `${side}x${side}`, fit: "inside", format, quality });
  const [normal, high] = await Promise.all([
    within(1024, "jpeg", "80"),
    within(2048, "webp", "95"),
  ]);
  await writeFile(join(folder, "normal"), normal);
  await writeFile(join(folder, "high"), high);
  return { normal, high };
}

async function resized({ input, part }: Task): Promise<Outputs> {
  const format = part === "small" ? "jpeg" : part;
  const quality = format === "avif" ? "50" : "80";
  return { [format]: await processed(input, { width: "800", format, quality }) };
}

const manifest = createRequire(import.meta.url)
  .resolve("ipx")
  .replace(/\/dist\/.*$/u, "/package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };

await serveJobs({ J2: twoVariants, J4: resized }, { version: `ipx ${version}` });
