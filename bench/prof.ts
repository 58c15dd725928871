import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { picture } from "./src/pictures.ts";
import { createPipeline } from "../packages/pipeline/dist/index.js";
import { createDelivery } from "../packages/delivery/dist/index.js";
import { createLocalStorage } from "../packages/storage-local/dist/index.js";
import { createHash } from "node:crypto";
sharp.cache(false); sharp.concurrency(1);
const input = await picture("photo-12mp.jpg");
const b = await readFile(input);
const dir = input.replace(/[^/]+$/, "");
const storage = await createLocalStorage({ root: dir } as never);
const pipeline = createPipeline({ storage });
const delivery = createDelivery({ pipeline, storage }, { signatures: { pairs: [], size: 32, allowUnsigned: true }, presets: [], onlyPresets: false, allowedSources: [], negotiate: { avif: false, webp: false }, hideExpired: false, webTtlMs: 1e6 });
console.log(b.length, (await sharp(b).metadata()).width, (await sharp(b).metadata()).height);
let n = 0;
async function time(name: string, f: () => Promise<unknown>) {
  await f();
  const rs: number[] = [], es: number[] = [];
  for (let i = 0; i < 9; i++) { const c = process.cpuUsage(), t = performance.now(); await f(); const d = process.cpuUsage(c); rs.push((d.user + d.system) / 1000); es.push(performance.now() - t); }
  const m = (x: number[]) => x.toSorted((a, b) => a - b)[4]!.toFixed(1);
  console.log(name.padEnd(30), "cpu", m(rs), "elapsed", m(es));
}
const size = { width: 512, height: 512, fit: "inside" } as const;
for (const f of ["jpeg", "webp"] as const) {
  await time(f + " sharp default", () => sharp(b).resize(size).toFormat(f, { quality: 80 }).toBuffer());
  await time(f + " sharp path", () => sharp(input).resize(size).toFormat(f, { quality: 80 }).toBuffer());
  await time(f + " sharp slow shrink", () => sharp(b).resize({ ...size, fastShrinkOnLoad: false }).toFormat(f, { quality: 80 }).toBuffer());
  await time(f + " delivery", () => delivery.image(`/_/rs:fit:512:512/q:80/cb:${n++}/plain/local:///photo-12mp.jpg@${f}`));
  await time(f + " render", async () => pipeline.render(pipeline.parse({ source: { kind: "bytes", data: b }, steps: [{ step: "resize", width: 512, height: 384, fit: "fill", enlarge: true }], variants: [{ name: "a", output: { format: f, quality: 80 } }] }), {}));
}
await time("sha256", async () => createHash("sha256").update(b).digest("hex"));
await time("read", async () => (await storage.get("photo-12mp.jpg" as never)).bytes());
await time("metadata", async () => sharp(b).metadata());
