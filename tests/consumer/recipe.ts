import { readFile, writeFile } from "node:fs/promises";

import { encode, png, type EncodedImage } from "@tintype/exporters";
import { readImage, recipe, resize, runSteps, type Image, type Recipe } from "@tintype/image-core";

const small: Recipe = recipe(resize({ width: 8 }));

/** Scales a picture and encodes it again, as a program outside the workspace would. */
export async function shrink(bytes: Uint8Array): Promise<EncodedImage> {
  const { image }: { readonly image: Image } = await runSteps(await readImage(bytes), small);
  return encode(image, png());
}

// @ts-expect-error a width is a number of pixels
resize({ width: "8" });
// @ts-expect-error unparsed data is no recipe
await runSteps(await readImage(await readFile("picture.png")), [{ step: "resize", width: 8 }]);

const { data, mediaType, width }: EncodedImage = await shrink(await readFile("picture.png"));
await writeFile(`picture-${width}.${mediaType.split("/")[1]}`, data);
