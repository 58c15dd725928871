import { isTintypeError } from "@tintype/errors";
import {
  detectFormat,
  pictureTypes,
  sanitizeSvg,
  type PictureType,
  type SourceImage,
  type StepCall,
} from "@tintype/image-core";
import type { Pipeline } from "@tintype/pipeline";
import { sha256Of } from "@tintype/storage";

import type { CachedResult } from "./cache/cache-entry.ts";
import type { ParsedAddress } from "./dialect/parse-address.ts";
import type { FileOptions } from "./dialect/processing-options.ts";
import { planOutput, type AcceptedFormats, type OutputCall } from "./plan/plan-output.ts";
import { planPasses, type Look } from "./plan/plan-passes.ts";
import type { LoadMark } from "./plan/watermark-steps.ts";

/** What is known of a finished file. */
export interface ImageFacts {
  readonly mediaType: string;
  readonly extension: string;
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly sourceBytes: number;
  /** Of the file, in hex. */
  readonly sha256: string;
  /** When it was made, in ISO 8601. */
  readonly madeAt: string;
}

/** What making an image needs besides its source. */
export interface MakeImageContext {
  readonly pipeline: Pipeline;
  /** Opens the picture of a watermark by its address, or the server's own. */
  readonly loadMark: LoadMark;
}

/** Makes the file that an address asks for out of its source's bytes. */
export async function makeImage(
  { passes, file }: Omit<ParsedAddress, "source">,
  bytes: Uint8Array,
  accepted: AcceptedFormats,
  { pipeline, loadMark }: MakeImageContext,
  signal: AbortSignal,
): Promise<CachedResult> {
  if (file.raw) return originalFile(bytes);
  const picture = await pipeline.open(bytes);
  if (isSkipped(picture, file)) return originalFile(bytes, picture);

  const render = async (steps: readonly StepCall[], output: OutputCall, opened?: SourceImage) => {
    const source = { kind: "bytes", data: bytes };
    const variants = [{ name: "image", output }];
    return pipeline.render(pipeline.parse({ source, steps, variants }), {
      signal,
      picture: opened,
    });
  };
  const look: Look = async (steps) => {
    // What a step found out is wanted, and not its picture: a single pixel is quickly written.
    const pixel = { step: "crop", width: 1, height: 1 };
    const { steps: applied } = await render([...steps, pixel], { format: "png" });
    return applied[steps.length - 1]?.report;
  };
  const { steps } = await planPasses(passes, picture.source, { look, loadMark });
  const output = planOutput(file, picture, accepted, {
    transparent: isTransparent(picture, steps),
  });
  const { files } = await render(steps, output, picture).catch((error: unknown) => {
    if (!isTintypeError(error) || error.code !== "output.too_many_bytes") throw error;
    // Where no quality is small enough, the file is as small as it gets.
    const { maxBytes: _most, ...smallest } = output;
    return render(steps, { ...smallest, quality: 1 });
  });
  const [made] = files as readonly [(typeof files)[number]];
  const { data, mediaType, extension, width, height } = made.file;
  return finished(data, { mediaType, extension, width, height }, picture);
}

/** Whether the source is given out as it is: where that is asked for its format, and for a drawing that may stay one. */
function isSkipped(
  { source: { format } }: SourceImage,
  { skipProcessing, format: asked }: FileOptions,
): boolean {
  return (asked ?? format) === format && (format === "svg" || skipProcessing.includes(format));
}

/** The source as it is; what a drawing could run or fetch is taken out of it. */
async function originalFile(bytes: Uint8Array, picture?: SourceImage): Promise<CachedResult> {
  const format = picture?.source.format ?? detectFormat(bytes);
  const mediaType = format === undefined ? "application/octet-stream" : pictureTypes[format];
  const data = picture?.source.format === "svg" ? sanitizeSvg(bytes).data : bytes;
  const { width = 0, height = 0 } = picture ?? {};
  return finished(data, { mediaType, extension: extensionOf(format), width, height }, picture);
}

function extensionOf(format: PictureType | undefined): string {
  return format === "jpeg" ? "jpg" : (format ?? "bin");
}

async function finished(
  bytes: Uint8Array,
  file: Pick<ImageFacts, "mediaType" | "extension" | "width" | "height">,
  picture: SourceImage | undefined,
): Promise<CachedResult> {
  const facts: ImageFacts = {
    ...file,
    sourceWidth: picture?.source.width ?? 0,
    sourceHeight: picture?.source.height ?? 0,
    sourceBytes: picture?.source.bytes ?? bytes.length,
    sha256: await sha256Of(bytes),
    madeAt: new Date().toISOString(),
  };
  return { facts: { ...facts }, bytes };
}

function isTransparent({ hasAlpha }: SourceImage, steps: readonly StepCall[]): boolean {
  const last = steps.findLast(({ step }) => step === "pad" || step === "flatten");
  return last ? last.step === "pad" : hasAlpha;
}
