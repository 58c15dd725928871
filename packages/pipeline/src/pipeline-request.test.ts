import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";

import { failureOf, testPipeline } from "./testing/test-pipeline.ts";

/** A validator that takes the format of colors, by which forms are drawn, as it comes. */
const ajv = () => new Ajv2020({ strict: false, formats: { color: true } });

const { pipeline } = testPipeline();
const source = { kind: "bytes", data: "AAAA" };
const variant = { name: "web", output: { format: "webp" } };

const accepted: readonly (readonly [string, object])[] = [
  ["one variant", { source, variants: [variant] }],
  ["a preset by name", { source, preset: "product" }],
  ["a preset with options", { source, preset: { preset: "product", addShadow: false } }],
  ["an address", { source: { kind: "url", url: "https://a.example/" }, variants: [variant] }],
  ["a stored object", { source: { kind: "stored", key: "a.png" }, variants: [variant] }],
  ["steps for all", { source, steps: [{ step: "resize", width: 9 }], variants: [variant] }],
  ["steps of a variant", { source, variants: [{ ...variant, steps: [{ step: "flip" }] }] }],
  ["a place", { source, variants: [variant], store: { folder: "a/b", name: "car.final_1" } }],
];

const refused: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["a text", "product"],
  ["no source", { variants: [variant] }],
  ["an unknown source", { source: { kind: "file", path: "/etc/passwd" }, variants: [variant] }],
  ["an unknown field", { source, variants: [variant], variant: "web" }],
  ["an unknown preset", { source, preset: "prodct" }],
  ["an unknown option of a preset", { source, preset: { preset: "product", shadow: false } }],
  ["an unknown step", { source, steps: [{ step: "nope" }], variants: [variant] }],
  [
    "an option out of its range",
    { source, steps: [{ step: "resize", width: 0 }], variants: [variant] },
  ],
  ["an unknown format", { source, variants: [{ name: "web", output: { format: "jxl" } }] }],
  ["a variant without a name", { source, variants: [{ output: { format: "webp" } }] }],
  ["a variant's name with a slash", { source, variants: [{ ...variant, name: "../web" }] }],
  ["a name with a slash", { source, variants: [variant], store: { name: "a/b" } }],
  [
    "51 variants",
    { source, variants: Array.from({ length: 51 }, (_, at) => ({ ...variant, name: `v${at}` })) },
  ],
];

describe("parse", () => {
  test.each(accepted)("takes %s, and what it made once more", (_, request) => {
    const parsed = pipeline.parse(request);
    expect(pipeline.parse(parsed)).toEqual(parsed);
    expect(parsed.variants.length).toBeGreaterThan(0);
  });

  test.each(refused)("refuses %s", async (_, request) => {
    expect(await failureOf(() => pipeline.parse(request))).toMatchObject({
      kind: "invalid_input",
      code: "request.invalid",
    });
  });

  test("fills in every default", () => {
    expect(
      pipeline.parse({ source, steps: [{ step: "resize", width: 9 }], variants: [variant] }),
    ).toMatchObject({
      steps: [{ step: "resize", width: 9, fit: "inside", enlarge: false }],
      variants: [
        { name: "web", steps: [], output: { format: "webp", quality: 80, profile: "balanced" } },
      ],
      store: {},
    });
  });

  test("spells a preset out: its steps after the request's, its variants before them", () => {
    const parsed = pipeline.parse({
      source,
      preset: { preset: "product", addShadow: false },
      steps: [{ step: "flip" }],
      variants: [variant],
    });
    expect(parsed).not.toHaveProperty("preset");
    expect(parsed.steps.map(({ step }) => step)).toEqual(["flip", "auto-crop"]);
    expect(parsed.variants.map(({ name }) => name)).toEqual(["processed", "grid", "detail", "web"]);
    expect(parsed.variants[1]?.output).toMatchObject({
      format: "webp",
      quality: 80,
      profile: "balanced",
    });
  });

  test("lists every fault, with its place", async () => {
    const error = await failureOf(() =>
      pipeline.parse({
        source: { kind: "url" },
        steps: [{ step: "resize", width: 0 }],
        variants: [{ name: "a b", output: { format: "webp", quality: 101 } }],
        extra: 1,
      }),
    );
    const { issues } = error.details as { issues: { path: string }[] };
    expect(issues.map(({ path }) => path)).toEqual([
      "source.url",
      "steps[0].width",
      "variants[0].name",
      "variants[0].output.quality",
      "",
    ]);
  });

  const presets = "Known: product, thumbnail, dall-e, sora, stable-diffusion.";

  test.each([
    ["prodct", `preset: Unknown preset "prodct". ${presets}`],
    [{ preset: "prodct" }, `preset: Unknown preset "prodct". ${presets}`],
    [{ preset: "product", shadow: true }, 'preset: Unrecognized key: "shadow"'],
    [
      { preset: "product", addShadow: 1 },
      "preset: addShadow: Invalid input: expected boolean, received number",
    ],
    [7, "preset: Invalid input: expected object, received number"],
  ])("says what is wrong with the preset %j", async (preset, fault) => {
    const { message } = await failureOf(() => pipeline.parse({ source, preset }));
    expect(message).toBe(`The request is not valid: ${fault}`);
  });

  test.each([
    [{ variants: [variant, variant] }, 'The request has two variants named "web".'],
    [
      { preset: "product", variants: [{ ...variant, name: "grid" }] },
      'The request has two variants named "grid".',
    ],
    [{}, "The request makes no file: name a preset, or at least one variant."],
    [
      { steps: [{ step: "flip" }] },
      "The request makes no file: name a preset, or at least one variant.",
    ],
  ])("refuses %j", async (fields, message) => {
    expect(await failureOf(() => pipeline.parse({ source, ...fields }))).toMatchObject({
      code: "request.invalid",
      message,
    });
  });

  test.each(["../up", "/root", "a//b", "a\\b"])("refuses the folder %j", async (folder) => {
    const request = { source, variants: [variant], store: { folder } };
    expect(await failureOf(() => pipeline.parse(request))).toMatchObject({
      code: "storage.invalid_key",
    });
  });

  test("does not touch a picture given as bytes", () => {
    const data = new Uint8Array([1, 2, 3]);
    expect(pipeline.parse({ source: { kind: "bytes", data }, variants: [variant] }).source).toEqual(
      {
        kind: "bytes",
        data,
      },
    );
  });
});

describe("the JSON Schema", () => {
  const schema = JSON.parse(JSON.stringify(pipeline.jsonSchema())) as object;
  const validate = ajv().compile(schema);

  test("is one of draft 2020-12", () => {
    expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
    expect(ajv().validateSchema(schema)).toBe(true);
  });

  test.each(accepted)("accepts %s", (_, request) => {
    expect(validate(request) || validate.errors).toBe(true);
  });

  test.each(refused)("refuses %s", (_, request) => {
    expect(validate(request)).toBe(false);
  });
});
