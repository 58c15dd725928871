import { TintypeError } from "@tintype/errors";
import { invalidAnswerError, sniffMediaType } from "@tintype/generators";
import { z } from "zod";

const answerSchema = z.object({
  results: z
    .array(
      z.object({
        status: z.object({ code: z.string(), message: z.string().default("") }),
        entities: z.array(z.object({ kind: z.string(), image: z.string().optional() })).default([]),
      }),
    )
    .min(1),
});

/** What a failure within HTTP 200 says when the same picture would fail again. */
const aboutThePicture = /resolution|size|read|decode|format|corrupt|unsupported|invalid/iu;

/** Takes the PNG out of an answer; throws `background.refused` for a failure, which can come with HTTP 200. */
export function readApi4aiAnswer(body: unknown): Uint8Array {
  const parsed = answerSchema.safeParse(body);
  const [result] = parsed.data?.results ?? [];
  if (!result) throw invalidAnswerError("api4ai", parsed.error);
  const { code, message } = result.status;
  if (code !== "ok") throw refusedError(message);
  const image = result.entities.find(({ kind }) => kind === "image")?.image ?? "";
  const bytes = new Uint8Array(Buffer.from(image, "base64"));
  if (sniffMediaType(bytes) !== "image/png") throw invalidAnswerError("api4ai");
  return bytes;
}

function refusedError(reason: string): TintypeError {
  return new TintypeError({
    kind: "processing",
    code: "background.refused",
    message:
      "api4ai could not remove the background of this picture: try another picture, or another engine.",
    details: { engine: "api4ai", reason: reason.slice(0, 200) },
    retryable: !aboutThePicture.test(reason),
  });
}
