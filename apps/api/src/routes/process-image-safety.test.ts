import { hostileFiles } from "@tintype/image-core/testing";
import { expect, test } from "vitest";

import { cutout, noisyJpeg } from "../testing/pictures.ts";
import { problemIn, testApp } from "../testing/test-app.ts";

const statuses: Readonly<Record<string, number>> = {
  invalid_input: 400,
  unsupported: 415,
  limit_exceeded: 413,
};

test.each(hostileFiles.map((file) => [file.what, file] as const))(
  "a hostile file by HTTP, %s, has its own problem",
  async (_what, { bytes, name = "", kind, code }) => {
    const app = await testApp();
    const form = new FormData();
    form.append("image", new Blob([(await bytes()) as Uint8Array<ArrayBuffer>]), name || "picture");
    const problem = await problemIn(await app.process(form));
    expect(problem).toMatchObject({ status: statuses[kind], code });
    expect(app.internalErrors).toEqual([]);
  },
);

test("a picture that takes too long is ended, and the next request is served", async () => {
  const app = await testApp({ PROCESSING_TIMEOUT: "1s" });
  const picture = await noisyJpeg(3000, 2000);
  const slow = {
    imageBase64: picture.toString("base64"),
    variants: [{ name: "a", output: { format: "avif", effort: 9 } }],
  };
  const problem = await problemIn(await app.process(slow));
  expect(problem).toMatchObject({ status: 503, code: "pipeline.timeout", retryable: true });
  expect(app.runtime.pipeline.admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
  const small = { imageBase64: (await cutout()).toString("base64"), preset: "sora" };
  expect((await app.process(small)).status).toBe(200);
});
