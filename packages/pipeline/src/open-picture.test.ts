import { encode, gif, jpeg, png, probe, webp } from "@tintype/exporters";
import { imageFromFrames, readImage, resize, sharp } from "@tintype/image-core";
import { solid } from "@tintype/image-core/testing";
import { parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { createIsolatedRenderer } from "./isolation/isolated-renderer.ts";
import { failureOf, samplePng, testPipeline } from "./testing/test-pipeline.ts";

const frames = [solid(20, 10, 255, 0, 0), solid(20, 10, 0, 255, 0), solid(20, 10, 0, 0, 255)];
const film = await encode(imageFromFrames(frames, { delays: [40, 80, 120], loop: 2 }), gif());
const pages = await sharp(Buffer.alloc(8 * 24 * 3, 90), {
  raw: { width: 8, height: 24, channels: 3, pageHeight: 8 },
})
  .tiff()
  .toBuffer();

const isolation = { renderer: createIsolatedRenderer(), aboveMs: -1 };

describe.each([
  ["here", {}],
  ["in a process of its own", { isolation }],
])("a source, %s,", (_where, services) => {
  const { pipeline, storage } = testPipeline(services);

  async function made(source: object, outputs: readonly object[], steps: readonly object[] = []) {
    const variants = outputs.map((output, index) => ({ name: `v${index}`, output }));
    const request = pipeline.parse({ source: { kind: "bytes", ...source }, steps, variants });
    const result = await pipeline.run(request);
    const files = await Promise.all(
      result.variants.map(async ({ key }) => (await storage.get(parseKey(key))).bytes()),
    );
    return { result, files };
  }

  test("that moves keeps its frames in every file that can, and the result says which can't", async () => {
    const outputs = [webp(), gif(), jpeg()];
    const { result, files } = await made({ data: film.data }, outputs, [resize({ width: 10 })]);
    const opened = await Promise.all(files.map((bytes) => readImage(bytes)));
    expect(opened.map(({ animation }) => animation?.delays)).toEqual([
      [40, 80, 120],
      [40, 80, 120],
      undefined,
    ]);
    expect(opened.map(({ width, height }) => [width, height])).toEqual([
      [10, 5],
      [10, 5],
      [10, 5],
    ]);
    expect(result.warnings).toEqual([
      "v2: The picture has 3 frames; a file of type jpeg shows the first.",
    ]);
  });

  test.each([
    [{ animated: false }, [255, 0, 0]],
    [{ page: 2 }, [0, 0, 255]],
  ])(
    "that moves gives one frame alone where it is told %j, without a warning",
    async (how, color) => {
      const { result, files } = await made({ data: film.data, ...how }, [png()]);
      const { data } = await (await readImage(files[0] as Uint8Array)).pixels();
      expect([...data.subarray(0, 3)]).toEqual(color);
      expect(result.warnings).toEqual([]);
    },
  );

  test("of several pages gives its first, and says so, or the page that is asked for", async () => {
    const { result } = await made({ data: pages }, [png()]);
    expect(result.warnings).toEqual([
      "The source has 3 pages; the files show the first. Choose another by its page.",
    ]);
    expect((await made({ data: pages, page: 2 }, [png()])).result.warnings).toEqual([]);
    expect(await failureOf(() => made({ data: pages, page: 3 }, [png()]))).toMatchObject({
      code: "image.no_such_page",
    });
  });

  test("is held against its name", async () => {
    const data = await samplePng();
    await expect(made({ data, name: "a.png" }, [png()])).resolves.toBeDefined();
    expect(await failureOf(() => made({ data, name: "a.jpg" }, [png()]))).toMatchObject({
      kind: "invalid_input",
      code: "image.mislabelled",
    });
  });

  test("stays the file it was where that is smaller and nothing was done to it", async () => {
    const data = (await encode(solid(60, 40, 90, 20, 20), jpeg({ quality: 10 }))).data;
    const output = jpeg({ quality: 100, keepSmaller: true });
    const { files } = await made({ data }, [output, jpeg({ quality: 100 })]);
    expect(Buffer.from(files[0] as Uint8Array)).toEqual(data);
    expect(files[1]?.length).toBeGreaterThan(data.length);
    const turned = await made({ data }, [output], [{ step: "flip" }]);
    expect(turned.files[0]?.length).toBeGreaterThan(data.length);
  });

  test("that is a drawing is drawn anew for each file at the size of that file", async () => {
    const data = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="10"/></svg>',
    );
    const variant = { output: png(), steps: [resize({ width: 400, enlarge: true })] };
    const request = {
      source: { kind: "bytes", data },
      variants: [
        { name: "large", ...variant },
        { name: "again", ...variant },
      ],
    };
    const [large] = (await pipeline.run(pipeline.parse(request))).variants;
    const bytes = await (await storage.get(parseKey(large?.key ?? ""))).bytes();
    const { width, data: pixels } = await (await readImage(bytes)).pixels();
    const row = Array.from({ length: width }, (_, x) => pixels[(width * 200 + x) * 4 + 3] ?? 0);
    // Scaled up from 10 px, the edge would be tens of pixels wide.
    expect(row.filter((alpha) => alpha > 0 && alpha < 255).length).toBeLessThan(4);
  });

  test("that a program made says so in every file that can hold XMP, although the rest is stripped", async () => {
    const provenance = {
      digitalSourceType: "trainedAlgorithmicMedia",
      model: "painter <2>",
      createdAt: "2026-11-21T10:00:00Z",
    };
    const image = { ...solid(16, 16, 5, 90, 200), metadata: { provenance } };
    const { data } = await encode(image, png());
    const outputs = ["png", "jpeg", "webp", "avif", "tiff"].map((format) => ({ format }));
    const { files } = await made({ data }, outputs, [{ step: "flip" }]);
    const told = await Promise.all(files.map(async (bytes) => (await probe(bytes)).xmp));
    expect(told).toEqual(
      outputs.map(() => ({
        "Iptc4xmpExt:DigitalSourceType":
          "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "xmp:CreatorTool": "painter <2>",
        "xmp:CreateDate": "2026-11-21T10:00:00Z",
      })),
    );
  });

  test("that a camera made carries nothing of it on", async () => {
    const xmp = (
      await encode(
        {
          ...solid(9, 9, 1, 2, 3),
          metadata: {
            provenance: { digitalSourceType: "digitalCapture", model: "A", createdAt: "" },
          },
        },
        png(),
      )
    ).data;
    const { files } = await made({ data: xmp }, [jpeg()]);
    expect((await probe(files[0] as Uint8Array)).xmp).toEqual({});
  });
});
