import type { Readable } from "node:stream";

const bufferedBytes = 64 * 1024;

/** A part of a form as a web stream. One that is cancelled is read to its end and thrown away, so that the parts after it can be read. */
export function streamOf(part: Readable): ReadableStream<Uint8Array> {
  let isOver = false;
  // A part that broke off may still say that it ended, and one that is thrown away still has data.
  const unlessOver = (tell: () => void) => {
    if (!isOver) tell();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        part.on("data", (chunk: Uint8Array) =>
          unlessOver(() => {
            controller.enqueue(chunk);
            if ((controller.desiredSize ?? 0) <= 0) part.pause();
          }),
        );
        part.once("end", () => unlessOver(() => controller.close()));
        part.on("error", (error) =>
          unlessOver(() => {
            isOver = true;
            controller.error(error);
          }),
        );
        part.pause();
      },
      pull() {
        part.resume();
      },
      cancel() {
        isOver = true;
        part.resume();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferedBytes }),
  );
}
