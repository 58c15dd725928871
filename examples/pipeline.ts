import { readFile } from "node:fs/promises";

import { createPipeline } from "@tintype/pipeline";
import { createLocalStorage } from "@tintype/storage-local";

const pipeline = createPipeline({ storage: createLocalStorage({ root: "files" }) });
const request = pipeline.parse({
  source: { kind: "bytes", data: await readFile("examples/cutout.png") },
  preset: "product",
  variants: [
    { name: "share", steps: [{ step: "resize", width: 600 }], output: { format: "jpeg" } },
  ],
  store: { folder: "cameras", name: "camera" },
});
const { variants, timings } = await pipeline.run(request);

for (const { key, width, height, bytes } of variants) {
  console.log(`${key}  ${width} × ${height}  ${bytes} bytes`);
}
console.log(`${timings.total} ms`);
