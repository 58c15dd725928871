import { readFile, writeFile } from "node:fs/promises";

import { encode, jpeg } from "@tintype/exporters";
import { readImage, recipe, resize, runSteps } from "@tintype/image-core";

const source = await readImage(await readFile("examples/cutout.png"));
const { image } = await runSteps(source, recipe(resize({ width: 200, height: 200, fit: "cover" })));
const { data, width, height } = await encode(image, jpeg({ quality: 85, background: "#f4f1ea" }));

await writeFile("square.jpg", data);
console.log(`square.jpg ${width} × ${height}, ${data.length} bytes`);
