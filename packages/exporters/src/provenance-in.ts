import type { Provenance } from "@tintype/image-core";

import { xmpData } from "./probe/xmp-data.ts";

/** Terms of the IPTC's digital source types for what an algorithm made, wholly or in part. */
const madeByAlgorithm =
  /(?:^|\/)(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic|algorithmicMedia)$/u;

/** What a picture's XMP says of the program that made it; undefined where it names no such program. */
export function provenanceIn(xmp: string | undefined): Provenance | undefined {
  // Most packets say nothing of it, and need not be parsed.
  if (xmp === undefined || !xmp.includes("DigitalSourceType")) return undefined;
  const data = xmpData(xmp);
  const term = Object.entries(data).find(([name]) => name.endsWith(":DigitalSourceType"))?.[1];
  if (typeof term !== "string" || !madeByAlgorithm.test(term)) return undefined;
  return {
    digitalSourceType: term,
    model: textOf(data["xmp:CreatorTool"]),
    createdAt: textOf(data["xmp:CreateDate"]),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
