import { availableParallelism } from "node:os";

import { provenanceIn } from "@tintype/exporters";
import {
  readImage,
  type ImageLimits,
  type ReadOptions,
  type SourceImage,
} from "@tintype/image-core";
import pLimit from "p-limit";

import type { SourceBytes } from "./read-source.ts";
import type { Source } from "./source.ts";

/** An encoded picture and how to read it: plain data that can cross to another process. */
export interface PictureFile extends SourceBytes, ReadOptions {}

/** A few at a time: the headers of fifty pictures that come at once would hold up the event loop in one go. */
const opening = pLimit(availableParallelism());

/** Reads a picture's header; where a program made it, what it carries says so, by its source or by its own XMP. */
export async function openPicture(
  { bytes, provenance, ...options }: PictureFile,
  limits: ImageLimits,
): Promise<SourceImage> {
  const image = await opening(() => readImage(bytes, limits, options));
  const made = provenance ?? provenanceIn(image.metadata.xmp);
  return made ? { ...image, metadata: { ...image.metadata, provenance: made } } : image;
}

/** The part of a source that says how to read it. */
export function readOptions(source: Source): ReadOptions {
  if (source.kind === "generate") return {};
  const { animated, page, name } = source;
  return {
    ...(animated !== undefined && { animated }),
    ...(page !== undefined && { page }),
    ...(name !== undefined && { name }),
  };
}
