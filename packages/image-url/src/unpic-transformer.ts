import type { ImageUrl } from "./create-image-url.ts";
import type { ImageOptions } from "./image-options.ts";

/** What a component of unpic asks of a picture: its own few options, and any of ours as its `operations`. */
export type UnpicOperations = Omit<ImageOptions, "width" | "height" | "quality"> & {
  readonly width?: number | string;
  readonly height?: number | string;
  readonly quality?: number | string;
};

/**
 * A `transformer` for unpic's base components, which have none for imgproxy. A picture whose width and height are both
 * asked for fills them; `always` holds what each gets besides, such as a format, which unpic leaves out of a `srcset`.
 */
export function unpicTransformer(
  urls: ImageUrl,
  always: ImageOptions = {},
): (source: string | URL, operations: UnpicOperations) => string {
  return (source, { width, height, quality, ...options }) => {
    const filled = width !== undefined && height !== undefined;
    return urls.image(String(source), {
      ...(filled && { resizingType: "fill" }),
      ...options,
      ...always,
      // What unpic reckons from an aspect ratio need not be whole.
      ...(width !== undefined && { width: Math.round(Number(width)) }),
      ...(height !== undefined && { height: Math.round(Number(height)) }),
      ...(quality !== undefined && { quality: Math.round(Number(quality)) }),
    });
  };
}
