import { isTintypeError } from "@tintype/errors";
import {
  createRegistry,
  parseInput,
  parseRecipe,
  readImage,
  runSteps,
  type Image,
} from "@tintype/image-core";
import {
  fixture,
  fixtureNames,
  fixturesPresent,
  gradient,
  solid,
} from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import type { OutputCall } from "../define-exporter.ts";
import { definePreset } from "../define-preset.ts";
import { builtInExporters, encode } from "../encode.ts";
import { webp } from "../formats/webp.ts";
import { dallE } from "./generated.ts";
import { builtInPresets, type PresetRegistry } from "./index.ts";
import { product } from "./product.ts";
import { thumbnail } from "./thumbnail.ts";

type PresetCall = { readonly preset: string } & Readonly<Record<string, unknown>>;

/** What a preset makes of an image: each variant's name, its parsed output, and its size. */
async function variantsOf(
  image: Image,
  call: PresetCall,
  registry: PresetRegistry = builtInPresets,
) {
  const { preset, ...options } = parseInput(registry.schema, call, {
    what: "preset",
    code: "preset.invalid",
  });
  const { steps, variants } = registry.get(preset).content(options as never);
  const { image: prepared } = await runSteps(image, parseRecipe(steps));
  return Promise.all(
    variants.map(async ({ name, steps: own = [], output }) => {
      const { image: result } = await runSteps(prepared, parseRecipe(own));
      return { name, image: result, output };
    }),
  );
}

/** `name format option=value … width×height` for every variant. */
async function summaries(image: Image, call: PresetCall) {
  const made = await variantsOf(image, call);
  return made.map(({ name, output: { format, profile, ...options }, image: { width, height } }) => {
    expect(profile).toBe("balanced");
    return [name, format, ...Object.entries(options).flat(), `${width}×${height}`].join(" ");
  });
}

const large = gradient(2600, 2200, 3);
const small = gradient(90, 60, 3);

describe("presets", () => {
  test.each([
    [
      "dall-e",
      ["normal jpeg quality 80 1024×866", "high webp quality 95 2048×1733"],
      ["normal jpeg quality 80 90×60", "high webp quality 95 90×60"],
    ],
    [
      "sora",
      ["normal jpeg quality 85 851×720", "high webp quality 95 1276×1080"],
      ["normal jpeg quality 85 90×60", "high webp quality 95 90×60"],
    ],
    [
      "stable-diffusion",
      ["normal jpeg quality 80 768×650", "high webp quality 95 1536×1300"],
      ["normal jpeg quality 80 90×60", "high webp quality 95 90×60"],
    ],
    [
      "thumbnail",
      [
        "png png compressionLevel 9 1920×1080",
        "jpeg jpeg quality 85 1920×1080",
        "webp webp quality 80 1920×1080",
      ],
      [
        "png png compressionLevel 9 90×51",
        "jpeg jpeg quality 85 90×51",
        "webp webp quality 80 90×51",
      ],
    ],
  ])("%s makes what its table says, and enlarges nothing", async (preset, ofLarge, ofSmall) => {
    expect(await summaries(large, { preset })).toEqual(ofLarge);
    expect(await summaries(small, { preset })).toEqual(ofSmall);
  });

  test("product crops, lays a shadow, and makes three sizes", async () => {
    const image = gradient(1000, 1000, 4);
    expect(await summaries(image, product())).toEqual([
      "processed png 1090×1090",
      "grid webp quality 80 300×300",
      "detail webp quality 85 900×900",
    ]);
    expect(await summaries(image, product({ addShadow: false, autoCrop: false }))).toEqual([
      "processed png 1000×1000",
      "grid webp quality 80 300×300",
      "detail webp quality 85 900×900",
    ]);
  });

  test.each([
    ["16:9", "1920×1080"],
    ["1:1", "1080×1080"],
    ["4:3", "1440×1080"],
    ["9:16", "1080×1920"],
  ])("thumbnail takes the aspect ratio %s", async (aspectRatio, size) => {
    const [first] = await summaries(large, thumbnail({ aspectRatio }));
    expect(first).toBe(`png png compressionLevel 9 ${size}`);
  });

  test.each(["16/9", "0:1", "1:11", "wide", "1000:999"])(
    "thumbnail refuses the aspect ratio %s",
    async (aspectRatio) => {
      await expect(variantsOf(small, thumbnail({ aspectRatio }))).rejects.toMatchObject({
        code: "preset.invalid",
      });
    },
  );

  test("thumbnail is opaque, over white", async () => {
    const [first] = await variantsOf(solid(32, 18, 0, 0, 0, 0), thumbnail());
    expect(new Set((await first?.image.pixels())?.data)).toEqual(new Set([255]));
    expect(first?.image.hasAlpha).toBe(false);
  });

  test("are plain data when called, and only name outputs that parse", () => {
    expect(dallE()).toEqual({ preset: "dall-e" });
    for (const preset of builtInPresets.all) {
      for (const example of preset.examples) {
        const { variants } = preset.content(preset.options.parse(example) as never);
        expect(
          variants.every(({ output }) => builtInExporters.schema.safeParse(output).success),
        ).toBe(true);
        expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
      }
    }
  });

  test("of a user's own stand beside the built-in ones", async () => {
    const square = definePreset({
      name: "square",
      summary: "A square.",
      examples: [{}],
      options: z.strictObject({ side: z.int().default(8) }),
      content: ({ side }) => ({
        steps: [{ step: "resize", width: side, height: side, fit: "cover" }],
        variants: [{ name: "square", output: webp() }],
      }),
    });
    const registry = createRegistry("preset", [...builtInPresets.all, square]);
    const [made] = await variantsOf(small, square({ side: 20 }), registry);
    expect(made?.image).toMatchObject({ width: 20, height: 20 });
  });
});

/** A cheaper way to write the same format: what is tested is that it can be written. */
function quickly({ format }: OutputCall): OutputCall {
  return {
    format,
    ...(format === "webp" && { effort: 0 }),
    ...(format === "png" && { compressionLevel: 0 }),
  };
}

describe.skipIf(!fixturesPresent)("every preset makes files, or a typed error, of", () => {
  test.each(fixtureNames)("%s", async (name) => {
    const failures: unknown[] = [];
    for (const { name: preset } of builtInPresets.all) {
      try {
        for (const { image, output } of await variantsOf(await readImage(fixture(name)), {
          preset,
        })) {
          const { data } = await encode(image, quickly(output));
          expect((await readImage(data)).source).toMatchObject({
            width: image.width,
            height: image.height,
          });
        }
      } catch (error) {
        failures.push(error);
      }
    }
    const damaged = /^(?:truncated|corrupt)/u.test(name);
    expect(failures.map((error) => isTintypeError(error) && error.code)).toEqual(
      damaged ? builtInPresets.all.map(() => "image.corrupt") : [],
    );
  });
});
