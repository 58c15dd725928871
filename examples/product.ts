import { readFile, writeFile } from "node:fs/promises";

import { encode, webp } from "@tintype/exporters";
import { autoCrop, readImage, recipe, resize, runSteps, shadow } from "@tintype/image-core";

const source = await readImage(await readFile("examples/cutout.png"));
const { image } = await runSteps(source, recipe(autoCrop(), shadow(), resize({ width: 400 })));
const { data, width, height } = await encode(image, webp({ quality: 80 }));

await writeFile("camera.webp", data);
console.log(`camera.webp ${width} × ${height}`);
