import { sharp } from "@tintype/image-core";

/** A small picture of one color, unlike that of any other color. */
export async function picture(
  color: string,
  { width = 60, height = 40 }: { readonly width?: number; readonly height?: number } = {},
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toBuffer();
}

/** A photograph's file: turned, and with EXIF. */
export async function photo(): Promise<Buffer> {
  const create = { width: 800, height: 600, channels: 3, background: "#3366cc" } as const;
  return sharp({ create })
    .withExif({ IFD0: { Make: "Tintype" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}
