import sharp, { type OutputInfo, type Sharp } from "sharp";

const threshold = 10;
const offsetY = 10;
const sigma = 15;
const opacity = 0.35;
const reach = Math.ceil(sigma * 3);

/**
 * A cut-out cropped to its content with padding, over its soft shadow: the picture of job J3, by plain sharp and two
 * loops over pixels. With `exact` the blur is calculated in floating point, as the reference that outputs are held to.
 */
export async function productPicture(
  opened: Sharp,
  { exact = false } = {},
): Promise<{ data: Buffer; info: OutputInfo }> {
  const { data, info } = await opened.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const box = padded(contentBox(data, info), info);
  const width = box.width + 2 * reach;
  const height = box.height + (reach - offsetY) + (reach + offsetY);
  const top = reach - offsetY;

  const alpha = Buffer.alloc(width * height);
  for (let y = 0; y < box.height; y += 1) {
    let from = ((box.top + y) * info.width + box.left) * 4 + 3;
    // The shadow falls `offsetY` below the picture, which stands `offsetY` above the middle of the canvas.
    let to = (y + reach) * width + reach;
    for (let x = 0; x < box.width; x += 1, from += 4) alpha[to++] = data[from] as number;
  }
  const soft = await sharp(alpha, { raw: { width, height, channels: 1 } })
    .blur({ sigma, minAmplitude: 0.01, ...(exact && { precision: "float" as const }) })
    .linear(opacity, 0)
    .toColourspace("b-w")
    .raw()
    .toBuffer();

  const result = Buffer.alloc(width * height * 4);
  for (let at = 0; at < soft.length; at += 1) result[at * 4 + 3] = soft[at] as number;
  for (let y = 0; y < box.height; y += 1) {
    let from = ((box.top + y) * info.width + box.left) * 4;
    let to = ((y + top) * width + reach) * 4;
    for (let x = 0; x < box.width; x += 1, from += 4, to += 4) {
      const over = data[from + 3] as number;
      if (over === 0) continue;
      const under = ((result[to + 3] as number) * (255 - over)) / 255;
      const weight = over / (over + under);
      result[to] = Math.round((data[from] as number) * weight);
      result[to + 1] = Math.round((data[from + 1] as number) * weight);
      result[to + 2] = Math.round((data[from + 2] as number) * weight);
      result[to + 3] = Math.round(over + under);
    }
  }
  return { data: result, info: { ...info, width, height, channels: 4 } };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** From the outside in, so that the content itself is hardly looked at. */
function contentBox(data: Buffer, { width, height }: OutputInfo): Box {
  const clear = (x: number, y: number) => (data[(y * width + x) * 4 + 3] as number) <= threshold;
  const clearRow = (y: number) => {
    for (let x = 0; x < width; x += 1) if (!clear(x, y)) return false;
    return true;
  };
  let top = 0;
  while (top < height - 1 && clearRow(top)) top += 1;
  let bottom = height - 1;
  while (bottom > top && clearRow(bottom)) bottom -= 1;
  let left = width - 1;
  let right = 0;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = 0; x < left; x += 1) if (!clear(x, y)) left = x;
    for (let x = width - 1; x > right; x -= 1) if (!clear(x, y)) right = x;
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function padded({ left, top, width, height }: Box, whole: OutputInfo): Box {
  const x = Math.max(20, Math.floor(width * 0.05));
  const y = Math.max(20, Math.floor(height * 0.05));
  const from = { left: Math.max(0, left - x), top: Math.max(0, top - y) };
  return {
    ...from,
    width: Math.min(whole.width, left + width + x) - from.left,
    height: Math.min(whole.height, top + height + y) - from.top,
  };
}
