const { encode, png } = require("@tintype/exporters");
const { readImage, recipe, resize, runSteps } = require("@tintype/image-core");

/** A 16 × 8 px PNG file. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAMAAADHqI+lAAAAA1BMVEXMZjOzuP/JAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQI12NgGBwAAACIAAGbZvWUAAAAAElFTkSuQmCC",
  "base64",
);

async function main() {
  const { image } = await runSteps(await readImage(picture), recipe(resize({ width: 8 })));
  const { mediaType, width, height } = await encode(image, png());
  console.log(`${width} × ${height} px, ${mediaType}`);
}

void main();
