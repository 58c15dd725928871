import { encode, png } from "@tintype/exporters";
import { readImage, recipe, resize, runSteps } from "@tintype/image-core";

/** A 16 × 8 px PNG file. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAMAAADHqI+lAAAAA1BMVEXMZjOzuP/JAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQI12NgGBwAAACIAAGbZvWUAAAAAElFTkSuQmCC",
  "base64",
);

const { image } = await runSteps(await readImage(picture), recipe(resize({ width: 8 })));
const { data, mediaType } = await encode(image, png());
const { source } = await readImage(data);
console.log(`${source.width} × ${source.height} px, ${mediaType}`);
