import sharp, { type Sharp } from "sharp";

/** Of job J6; four rounds make its thousand. */
export const recipesARound = 250;

/** The recipe of job J6, for those who take recipes. */
export const sixStepRecipe = [
  { step: "crop", left: 10, top: 10, width: 120, height: 90 },
  { step: "resize", width: 96 },
  { step: "rotate", angle: 90 },
  { step: "flip" },
  { step: "blur", sigma: 1 },
  { step: "grayscale" },
];

const luma: [number, number, number] = [0.2126, 0.7152, 0.0722];

/** The same six steps by bare sharp: one instance a step, as the order matters, and raw pixels between them. */
export async function sixSteps(bytes: Buffer): Promise<Buffer> {
  const cropped = await next(sharp(bytes).extract({ left: 10, top: 10, width: 120, height: 90 }));
  const resized = await next(cropped.resize({ width: 96 }));
  const turned = await next(resized.rotate(90));
  const flipped = await next(turned.flip());
  const blurred = await next(flipped.blur(1));
  const gray = await next(blurred.recomb([luma, luma, luma]));
  return gray.webp({ quality: 80 }).toBuffer();
}

async function next(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } });
}
