import {
  declare,
  type Callable,
  type Declaration,
  type Image,
  type Pixels,
  type Sharp,
} from "@tintype/image-core";
import type { z } from "zod";

/** How an exporter turns an image into a file. */
export interface ExporterBehaviour<Options extends z.ZodObject> {
  readonly mediaType: `image/${string}`;
  /** File name extension, without the dot. */
  readonly extension: string;
  /** Whether the format can hold transparency; where it can't, the picture is laid on `background`. */
  readonly alpha: boolean;
  /** The longest side that the format can hold, in px; left out where only the pipeline's limits hold. */
  readonly maxSide?: number;
  /** Writes the file without sharp where no metadata is kept; undefined where the options ask for what it can't do. */
  readonly write?: (pixels: Pixels, options: z.output<Options>) => Promise<Buffer> | undefined;
  /** Sets the encoder on a sharp instance that is open on the picture. */
  readonly encode: (picture: Sharp, options: z.output<Options>, image: Image) => Sharp;
}

/** A declared format; calling it makes plain data: `webp({ quality: 80 })` is `{ format: "webp", quality: 80 }`. */
export type Exporter<
  Name extends string = string,
  Options extends z.ZodObject = z.ZodObject,
> = Callable<"format", Name, Options> & Readonly<ExporterBehaviour<Options>>;

/** Declares a format: name, summary, examples, options with their defaults, media type, and the encoder. */
export function defineExporter<const Name extends string, Options extends z.ZodObject>(
  exporter: Omit<Declaration<"format", Name, Options>, "kind"> & ExporterBehaviour<Options>,
): Exporter<Name, Options> {
  return declare({ kind: "format" as const, ...exporter });
}
