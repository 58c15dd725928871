import { sharp } from "@tintype/image-core";
import { createPipeline } from "@tintype/pipeline";
import { createMemoryStorage, parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { processImageExamples } from "../process-image-examples.ts";
import { cutout, fixtures, noisyJpeg } from "../testing/pictures.ts";
import { formOf, problemIn, testApp, type TestApp } from "../testing/test-app.ts";
import { processImageAnswer } from "./process-image.ts";

async function answerOf(response: Response) {
  if (response.status !== 200) throw new Error(`It was refused: ${await response.text()}`);
  return processImageAnswer.parse(await response.json());
}

/** The files of an answer by their variants' names, as their links give them. */
async function filesOf(
  { request, runtime }: TestApp,
  { variants }: Awaited<ReturnType<typeof answerOf>>,
): Promise<Record<string, Buffer>> {
  const files = Object.entries(variants).map(async ([name, { url }]) => {
    const response = await request(url.slice(runtime.url.length));
    expect(response.status).toBe(200);
    return [name, Buffer.from(await response.arrayBuffer())] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

describe("what is asked for", () => {
  test("without preset and recipe is the product preset, cropped and with a shadow", async () => {
    const app = await testApp();
    const image = await cutout();
    const answer = await answerOf(await app.process(formOf({ image, filename: "red disc.png" })));

    expect(Object.keys(answer.variants)).toEqual(["processed", "grid", "detail"]);
    expect(answer.steps.map(({ step }) => step)).toEqual(["auto-crop", "shadow"]);
    expect(answer.metadata).toMatchObject({ originalSize: [96, 72], hasShadow: true });
    const { processed } = answer.variants;
    expect(answer.metadata.finalSize).toEqual([processed?.width, processed?.height]);
    expect(answer.metadata.processingTimeMs).toBe(answer.timings["total"]);
    expect(processed?.key).toMatch(/^outputs\/[0-9a-f]{32}\/red-disc-processed\.png$/u);
    expect((await filesOf(app, answer))["processed"]).toHaveLength(processed?.bytes ?? 0);
  });

  test("with options switches the parts of the product preset off", async () => {
    const app = await testApp();
    const options = { autoCrop: false, addShadow: false };
    const answer = await answerOf(await app.process(formOf({ image: await cutout(), options })));
    expect(answer.steps).toEqual([]);
    expect(answer.metadata).toMatchObject({ finalSize: [96, 72], hasShadow: false });
  });

  test.each([
    [true, "auto"],
    ["chroma", "chroma"],
  ])("with removeBackground %j cuts the product out by the engine %s", async (wish, engine) => {
    const app = await testApp();
    const image = await sharp(await cutout(400, 300))
      .flatten({ background: "#dfe6ee" })
      .png()
      .toBuffer();
    const options = { removeBackground: wish, addShadow: false };
    const { steps, variants } = await answerOf(await app.process(formOf({ image, options })));
    expect(steps.map(({ step }) => step)).toEqual(["remove-background", "auto-crop"]);
    expect(steps[0]?.["report"]).toMatchObject({ removed: true, engine });
    expect(variants["processed"]?.width).toBeLessThan(300);
  });

  test("with removeBackground leaves a picture alone that has transparency already", async () => {
    const app = await testApp();
    const options = { removeBackground: true };
    const { steps } = await answerOf(await app.process(formOf({ image: await cutout(), options })));
    expect(steps[0]?.["report"]).toMatchObject({ removed: false });
  });

  test.each([
    ["image/avif,image/webp,*/*", { format: "auto" }, "avif"],
    ["image/avif,image/webp,*/*", { format: "auto", accept: "image/webp" }, "webp"],
    ["application/json", { format: "auto" }, "jpeg"],
  ])("for a client that accepts %s, %j is %s", async (accept, output, format) => {
    const app = await testApp();
    const body = formOf({ image: await noisyJpeg(60, 40), variants: [{ name: "a", output }] });
    const answer = await answerOf(await app.process(body, { headers: { accept } }));
    expect(answer.variants["a"]?.format).toBe(format);
  });

  test("may be facts, of the picture and of each file", async () => {
    const app = await testApp();
    const variants = [{ name: "a", output: { format: "jpeg" }, facts: ["isOpaque"] }];
    const fields = { image: await cutout(), variants, facts: ["isOpaque", "dominantColor"] };
    const answer = await answerOf(await app.process(formOf(fields)));
    expect(answer.facts).toEqual({ isOpaque: false, dominantColor: "#d8432f" });
    expect(answer.variants["a"]?.facts).toEqual({ isOpaque: true });
  });

  test("may be a preset's name, a preset with options, or steps and variants", async () => {
    const app = await testApp();
    const image = await cutout();
    const variants = [
      { name: "a", steps: [{ step: "shadow" }], output: { format: "webp" } },
      { name: "b", output: { format: "png" } },
    ];
    const sizesOf = async (fields: object) => {
      const { variants: made, metadata } = await answerOf(
        await app.process(formOf({ image, ...fields })),
      );
      return [Object.keys(made), metadata.finalSize, metadata.hasShadow];
    };
    expect(await sizesOf({ preset: "thumbnail" })).toEqual([
      ["png", "jpeg", "webp"],
      [96, 54],
      false,
    ]);
    expect(await sizesOf({ preset: { preset: "thumbnail", aspectRatio: "1:1" } })).toEqual([
      ["png", "jpeg", "webp"],
      [72, 72],
      false,
    ]);
    expect(await sizesOf({ steps: [{ step: "resize", width: 48 }], variants })).toEqual([
      ["a", "b"],
      [48, 36],
      true,
    ]);
  });

  test.each(Object.entries(processImageExamples))(
    "as the example %s of the reference page works",
    async (_name, { value }) => {
      const app = await testApp();
      const answer = await answerOf(await app.process(value));
      expect(await filesOf(app, answer)).not.toEqual({});
      expect(answer.warnings).toEqual([]);
    },
  );
});

describe("a picture", () => {
  test("gives the same files in base64, as a data URL, in a form and from the storage", async () => {
    const app = await testApp();
    const image = await cutout();
    const base64 = image.toString("base64");
    await app.runtime.storage.put(parseKey("in/disc.png"), image);
    const preset = "thumbnail";
    const responses = await Promise.all([
      app.process({ imageBase64: base64, preset }),
      app.process({ imageBase64: `data:image/png;base64,${base64}`, preset }),
      app.process({ source: { kind: "bytes", data: base64 }, preset }),
      app.process({ source: { kind: "stored", key: "in/disc.png" }, preset }),
      app.process(formOf({ image, preset })),
      app.process(formOf({ imageBase64: base64, preset })),
    ]);
    const hashes = await Promise.all(
      responses.map(async (response) =>
        Object.values((await answerOf(response)).variants).map(({ sha256 }) => sha256),
      ),
    );
    expect(new Set(hashes.map(String)).size).toBe(1);
  });

  test("by HTTP gives the bytes that the library gives, linked and inline", async () => {
    const app = await testApp();
    const image = await cutout(300, 200);
    const response = await app.process(formOf({ image, preset: "product", inline: true }));
    const answer = await answerOf(response);
    const linked = await filesOf(app, answer);

    const storage = createMemoryStorage({ baseUrl: "https://files.example" });
    const pipeline = createPipeline({ storage });
    const { variants } = await pipeline.run(
      pipeline.parse({ source: { kind: "bytes", data: image }, preset: "product" }),
    );
    expect(variants.map(({ name }) => name)).toEqual(Object.keys(linked));
    for (const { name, key, sha256 } of variants) {
      const bytes = Buffer.from(await (await storage.get(key)).bytes());
      expect(linked[name]?.equals(bytes)).toBe(true);
      expect(answer.variants[name]).toMatchObject({ sha256, base64: bytes.toString("base64") });
    }
  });
});

describe("a faulty request", () => {
  const picture = { imageBase64: "" };
  const heicHeader = "\0\0\0\x18ftypheic\0\0\0\0mif1heic";

  test.each([
    ["base64 that is none", { imageBase64: "no base64!" }, 400, "source.invalid_base64"],
    ["an empty picture", { imageBase64: "" }, 400, "source.invalid_base64"],
    ["an unknown preset", { ...picture, preset: "sepia" }, 400, "preset.unknown"],
    ["an unknown preset", { ...picture, preset: { preset: "sepia" } }, 400, "preset.unknown"],
    ["an unknown step", { ...picture, steps: [{ step: "melt" }] }, 400, "request.invalid"],
    ["a preset's wrong option", { preset: { preset: "product", a: 1 } }, 400, "request.invalid"],
    ["options for another preset", { ...picture, preset: "sora", options: {} }, 400, undefined],
    ["a foreign key", { ...picture, colour: "red" }, 400, "request.invalid"],
    ["a key that names a prototype", { ...picture, constructor: 1 }, 400, "request.invalid"],
    ["no picture", {}, 400, "request.invalid"],
    ["two pictures", { ...picture, imageUrl: "https://a.example" }, 400, "request.invalid"],
    ["a list", [picture], 400, "request.invalid"],
    ["nothing at all", null, 400, "request.invalid"],
    ["text as a picture", { imageBase64: btoa("hello") }, 415, "image.unknown_type"],
    ["a broken HEIC picture", { imageBase64: btoa(heicHeader) }, 400, "image.corrupt"],
    ["a broken picture", { imageBase64: btoa("\x89PNG\r\n\x1a\n??") }, 400, "image.corrupt"],
    ["a private address", { imageUrl: "http://127.0.0.1/a.png" }, 403, "source.private_address"],
    ["another scheme", { imageUrl: "file:///etc/passwd" }, 400, "source.invalid_url"],
    ["a stored object's absence", { source: { kind: "stored", key: "a" } }, 404, undefined],
    ["a climbing key", { source: { kind: "stored", key: "../a" } }, 400, "storage.invalid_key"],
  ] as const)("with %s is refused", async (_what, body, status, code) => {
    const app = await testApp();
    const problem = await problemIn(await app.process(body));
    expect(problem).toMatchObject({ status, ...(code && { code }) });
    expect(app.internalErrors).toEqual([]);
  });

  test("with too many bytes, pixels or too long a side is refused, each by its code", async () => {
    const image = await cutout(200, 100);
    const code = async (environment: Record<string, string>) =>
      (await problemIn(await (await testApp(environment)).process(formOf({ image })))).code;
    expect(await code({ MAX_PIXELS: "19999" })).toBe("image.too_many_pixels");
    expect(await code({ MAX_SIDE: "199" })).toBe("image.side_too_long");
    expect(await code({ MAX_IMAGE_SIZE: "1024" })).toBe("image.too_many_bytes");
  });
});

describe.skipIf(fixtures.length === 0)("a real picture", () => {
  const presets = ["product", "thumbnail", "dall-e", "sora", "stable-diffusion"];
  const broken = new Set(["corrupt-header.jpg", "truncated.jpg", "truncated.png"]);
  const sound = fixtures.filter(([name]) => !broken.has(name));

  async function responsesFor(image: Uint8Array) {
    const app = await testApp();
    const sent = presets.map((preset) => app.process(formOf({ image, preset })));
    const responses = await Promise.all(sent);
    expect(app.internalErrors).toEqual([]);
    return responses;
  }

  test.each(sound)(
    "%s gives files with every preset",
    async (_name, read) => {
      for (const response of await responsesFor(read())) {
        expect(Object.keys((await answerOf(response)).variants)).not.toEqual([]);
      }
    },
    60_000,
  );

  test.each(fixtures.filter(([name]) => broken.has(name)))(
    "%s is refused as damaged by every preset",
    async (_name, read) => {
      for (const response of await responsesFor(read())) {
        expect(await problemIn(response)).toMatchObject({ status: 400, code: "image.corrupt" });
      }
    },
  );
});
