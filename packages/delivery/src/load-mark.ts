import { readImage } from "@tintype/image-core";
import type { Pipeline } from "@tintype/pipeline";

import type { Mark } from "./plan/watermark-steps.ts";

/** Opens a mark from its bytes; a picture as large as asked for is handed to a step as a `data:` URL. */
export async function loadMark(
  bytes: Uint8Array,
  pipeline: Pipeline,
  signal: AbortSignal,
): Promise<Mark> {
  const { width, height } = await readImage(bytes, pipeline.limits, { animated: false });
  return {
    width,
    height,
    async drawn(steps) {
      const request = pipeline.parse({
        source: { kind: "bytes", data: bytes, animated: false },
        steps,
        variants: [{ name: "mark", output: { format: "png" } }],
      });
      const { files } = await pipeline.render(request, { signal });
      const data = files[0]?.file.data ?? Buffer.alloc(0);
      return `data:image/png;base64,${data.toString("base64")}`;
    },
  };
}
