import { sharp } from "@tintype/image-core";
import { describe, expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { formOf, problemIn, testApp, type TestApp } from "../testing/test-app.ts";

async function upload({ request }: TestApp, bytes: Uint8Array): Promise<string> {
  const form = formOf({ files: bytes });
  const answer = await request("/api/v1/images/upload", { method: "POST", body: form });
  const { files } = (await answer.json()) as { files: [{ image: { id: string } }] };
  return files[0].image.id;
}

function preview({ request }: TestApp, id: string, body: unknown): Promise<Response> {
  return request(`/api/v1/images/${id}/preview`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function keysIn({ runtime }: TestApp): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of runtime.storage.list()) keys.push(key);
  return keys;
}

describe("a preview", () => {
  test("is the very file that processing would make, and leaves nothing behind", async () => {
    const app = await testApp();
    const picture = await cutout();
    const id = await upload(app, picture);
    const steps = [{ step: "trim" }, { step: "resize", width: 24 }];
    const output = { format: "webp", quality: 60 };
    const before = await keysIn(app);
    const shown = await preview(app, id, { steps, output });
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect(await keysIn(app)).toEqual(before);
    const form = formOf({
      image: picture,
      steps,
      variants: [{ name: "a", output }],
      inline: "true",
    });
    const processed = (await (await app.process(form)).json()) as {
      variants: { a: { base64: string } };
    };
    expect(Buffer.from(await shown.arrayBuffer()).toString("base64")).toBe(
      processed.variants.a.base64,
    );
  });

  test("of a reduced picture begins with a smaller one", async () => {
    const app = await testApp();
    const id = await upload(app, await cutout(400, 300));
    for (const maxSide of [40, 40, 20]) {
      const shown = await preview(app, id, { maxSide, steps: [], output: { format: "png" } });
      const { width, height } = await sharp(await shown.arrayBuffer()).metadata();
      expect([width, height]).toEqual([maxSide, (maxSide * 3) / 4]);
    }
  });

  test("cuts an object out once while later steps change, and shows what it would without a memory", async () => {
    const cuts: unknown[] = [];
    const app = await testApp({}, (runtime) => {
      const { pipeline } = runtime;
      const render: typeof pipeline.render = (request, options) => {
        const steps = request.steps.map(({ step }) => step);
        if (steps.includes("remove-background")) cuts.push(steps);
        return pipeline.render(request, options);
      };
      return { ...runtime, pipeline: { ...pipeline, render } };
    });
    const picture = await sharp(await cutout())
      .flatten({ background: "#fff" })
      .png()
      .toBuffer();
    const id = await upload(app, picture);
    const show = async (maxSide: number | undefined, ...steps: readonly object[]) => {
      const shown = await preview(app, id, { maxSide, steps, output: { format: "png" } });
      expect(shown.status).toBe(200);
      return sharp(await shown.arrayBuffer())
        .raw()
        .toBuffer();
    };
    const chroma = { step: "remove-background", engine: "chroma" };
    const later = { step: "shadow", blur: 2 };
    const whole = await show(undefined, { step: "flip" }, chroma, later);
    expect(await show(96, { step: "flip" }, chroma, later)).toEqual(whole);
    for (const step of ["negate", "grayscale"]) await show(96, { step: "flip" }, chroma, { step });
    expect(cuts).toEqual([
      ["flip", "remove-background", "shadow"],
      ["flip", "remove-background"],
    ]);
    await show(96, { step: "flop" }, chroma);
    await show(96, { step: "flip" }, { ...chroma, feather: 1 });
    await show(48, { step: "flip" }, chroma);
    expect(cuts).toHaveLength(5);
  });

  test.each([
    ["no format", { steps: [] }, 400],
    ["a step that there is not", { steps: [{ step: "melt" }], output: { format: "png" } }, 400],
    ["a box too large", { output: { format: "png" }, maxSide: 5000 }, 400],
    [
      "an area outside",
      {
        steps: [{ step: "crop", left: 500, top: 0, width: 1, height: 1 }],
        output: { format: "png" },
      },
      400,
    ],
  ])("with %s is refused in words", async (_, body, status) => {
    const app = await testApp();
    const id = await upload(app, await cutout());
    expect(await problemIn(await preview(app, id, body))).toMatchObject({ status });
  });

  test("of a picture that there is not is not found", async () => {
    const app = await testApp();
    const answer = await preview(app, "none", { output: { format: "png" } });
    expect(await problemIn(answer)).toMatchObject({ status: 404, code: "asset.not_found" });
  });
});
