import {
  declare,
  type Callable,
  type Declaration,
  type Image,
  type Pixels,
  type Sharp,
  type Size,
} from "@tintype/image-core";
import type { z } from "zod";

/** How an exporter turns an image into a file: by one of `write`, `encode` and `choose` at least. */
export interface ExporterBehaviour<Options extends z.ZodObject> {
  readonly mediaType: `image/${string}`;
  /** File name extension, without the dot. */
  readonly extension: string;
  /** Whether the format can hold transparency; where it can't, the picture is laid on `background`. */
  readonly alpha: boolean;
  /** Whether the format can hold an animation; where it can't, the first frame is taken, and the result says so. */
  readonly animation?: boolean;
  /** The longest side that the format can hold, in px; left out where only the pipeline's limits hold. */
  readonly maxSide?: number;
  /** Writes the file without sharp where no metadata is kept; undefined where the options ask for what it can't do. */
  readonly write?: (
    pixels: Pixels,
    options: z.output<Options>,
  ) => Promise<Buffer | WrittenFile> | undefined;
  /** Sets the encoder on a sharp instance that is open on the picture, or on the strip of an animation's frames. */
  readonly encode?: (picture: Sharp, options: z.output<Options>, image: Image) => Sharp;
  /** Instead of writing: names the format that is to be written, by what the picture shows. */
  readonly choose?: (image: Image, options: z.output<Options>) => Promise<OutputCall>;
}

/** A file whose picture is of another size than the image. */
export interface WrittenFile extends Size {
  readonly data: Buffer;
}

/** Plain data that asks for a format: `{ format: "webp", quality: 80 }`. */
export type OutputCall = { readonly format: string } & Readonly<Record<string, unknown>>;

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
