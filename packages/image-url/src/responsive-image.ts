import type { ImageUrl } from "./create-image-url.ts";
import type { ImageOptions } from "./image-options.ts";

/** The attributes of an `img` element that let the browser choose among files. */
export interface ResponsiveAttributes {
  readonly src: string;
  readonly srcset: string;
  readonly sizes?: string;
}

/** What a responsive picture is to be. */
export type ResponsiveOptions = ImageOptions &
  (
    | {
        /** Widths of the files, in px; the source's own width bounds them. */
        readonly widths: readonly number[];
        /** How wide the picture stands on the page, such as `(min-width: 800px) 50vw, 100vw`. */
        readonly sizes: string;
      }
    | {
        /** For a picture of one width on the page: the ratios of the screens to serve. */
        readonly densities: readonly number[];
        readonly width: number;
      }
  );

/**
 * The `src`, `srcset` and `sizes` of a picture: by widths for one that grows with the page, by densities for one that
 * doesn't. A height that was asked for keeps its ratio to `width`.
 */
export function responsiveImage(
  urls: ImageUrl,
  source: string,
  options: ResponsiveOptions,
): ResponsiveAttributes {
  if ("densities" in options) {
    const { densities, ...rest } = options;
    const at = (dpr: number) => urls.image(source, dpr === 1 ? rest : { ...rest, dpr });
    return {
      src: at(1),
      srcset: ascending(densities)
        .map((dpr) => `${at(dpr)} ${dpr}x`)
        .join(", "),
    };
  }
  const { widths, sizes, width: ratioWidth, height, ...rest } = options;
  const at = (width: number) => {
    const tall = height !== undefined && ratioWidth !== undefined;
    return urls.image(source, {
      ...rest,
      width,
      ...(tall && { height: Math.round((width * height) / ratioWidth) }),
    });
  };
  const sorted = ascending(widths);
  const [largest] = sorted.slice(-1);
  if (largest === undefined) throw new TypeError("A srcset needs at least one width.");
  return {
    // Browsers without srcset are old and on large screens.
    src: at(largest),
    srcset: sorted.map((width) => `${at(width)} ${width}w`).join(", "),
    sizes,
  };
}

function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}
