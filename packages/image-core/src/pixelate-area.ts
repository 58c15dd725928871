import type { Pixels } from "./image.ts";
import type { Box } from "./options.ts";
import { createTurns } from "./turns.ts";

/** Gives every block of an area, counted from its top left corner, its mean color, weighed by alpha; writes to `data`. */
export async function pixelateArea(pixels: Pixels, area: Box, block: number): Promise<void> {
  const [right, bottom] = [area.left + area.width, area.top + area.height];
  const turn = createTurns(area.width * block);
  for (let top = area.top; top < bottom; top += block) {
    for (let left = area.left; left < right; left += block) {
      const width = Math.min(block, right - left);
      const height = Math.min(block, bottom - top);
      levelBlock(pixels, { left, top, width, height });
    }
    await turn();
  }
}

function levelBlock(pixels: Pixels, block: Box): void {
  const { data, channels } = pixels;
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  eachPixel(pixels, block, (at) => {
    const alpha = channels === 4 ? (data[at + 3] as number) : 255;
    for (let channel = 0; channel < 3; channel += 1) {
      sums[channel as 0] += (data[at + channel] as number) * alpha;
    }
    sums[3] += alpha;
  });
  const weight = sums[3] === 0 ? 1 : sums[3];
  const mean = sums.map((sum) => Math.round(sum / weight));
  mean[3] = Math.round(sums[3] / (block.width * block.height));
  eachPixel(pixels, block, (at) => {
    for (let channel = 0; channel < channels; channel += 1) {
      data[at + channel] = mean[channel] as number;
    }
  });
}

function eachPixel({ width, channels }: Pixels, block: Box, visit: (at: number) => void): void {
  for (let y = block.top; y < block.top + block.height; y += 1) {
    const start = (y * width + block.left) * channels;
    for (let x = 0; x < block.width; x += 1) visit(start + x * channels);
  }
}
