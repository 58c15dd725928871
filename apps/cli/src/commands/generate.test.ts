import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readImage, sharp } from "@tintype/image-core";
import { describe, expect, test } from "vitest";

import { samplePng, testFolder, tintype, type RunOptions } from "../testing/test-terminal.ts";

/** Runs a command that keeps what it keeps in a folder of its own. */
async function run(words: readonly string[], given: RunOptions = {}) {
  const folder = testFolder();
  const environment = { DATA_DIR: join(folder, "data"), ...given.environment };
  const ran = await tintype([...words, "--out", join(folder, "out")], { ...given, environment });
  return { ...ran, out: join(folder, "out") };
}

const small = ["--size", "96x54", "--seed", "7"];

describe("generate", () => {
  test("makes a picture of the size asked for, and says who made it", async () => {
    const { exitCode, stdout, stderr, out } = await run(["generate", "a red car", ...small]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^sample still-life, seed 7 → .*a-red-car\.png +96 × 54/u);
    const bytes = await sharp(join(out, "a-red-car.png")).toBuffer();
    expect(await readImage(bytes)).toMatchObject({ width: 96, height: 54 });
  });

  test("makes several variations, each with files of its own", async () => {
    const words = ["generate", "fruit", ...small, "--count", "3", "--format", "webp"];
    const { out } = await run(words);
    expect(readdirSync(out).toSorted()).toEqual(["fruit-2.webp", "fruit-3.webp", "fruit.webp"]);
  });

  test("goes from words to a cut-out, cropped, with a shadow, in three files, without network", async () => {
    const words = ["generate", "coffee and flowers", "--size", "thumbnail", "--seed", "3"];
    const step = ["--step", "remove-background:engine=chroma", "--preset", "product", "--json"];
    const { exitCode, stdout, out } = await run([...words, ...step]);
    expect(exitCode).toBe(0);
    const { results } = JSON.parse(stdout) as {
      results: { generation: object; steps: { step: string; width: number }[] }[];
    };
    expect(results[0]?.generation).toMatchObject({ generator: "sample", seed: 3 });
    expect(results[0]?.steps).toMatchObject([
      { step: "remove-background", report: { removed: true, engine: "chroma" } },
      { step: "auto-crop" },
      { step: "shadow" },
    ]);
    expect(readdirSync(out)).toHaveLength(3);
    expect(results[0]?.steps[1]?.width).toBeLessThan(256);
    const pixels = await sharp(join(out, "coffee-and-flowers-processed.png")).raw().toBuffer();
    expect(pixels[3]).toBe(0);
  });

  test("stores the files where the settings say, and prints their addresses", async () => {
    const folder = testFolder();
    const environment = { DATA_DIR: folder, PUBLIC_URL: "https://pictures.example" };
    const step = ["--step", "remove-background:engine=chroma", "--preset", "product", "--store"];
    const words = ["generate", "coffee", "--size", "thumbnail", "--seed", "3", ...step];
    const { exitCode, stdout } = await tintype(words, { environment });
    expect(exitCode).toBe(0);
    const addresses = stdout.match(/https:\S+/gu) ?? [];
    expect(addresses.map((url) => url.replace(/outputs\/[0-9a-f]{32}/u, "outputs/HASH"))).toEqual(
      ["processed.png", "grid.webp", "detail.webp"].map(
        (name) => `https://pictures.example/files/outputs/HASH/coffee-${name}`,
      ),
    );
    for (const url of addresses) expect(existsSync(join(folder, new URL(url).pathname))).toBe(true);

    const both = await tintype([...words, "--out", "x"], { environment });
    expect([both.exitCode, both.stderr]).toEqual([3, expect.stringContaining("--store or --out")]);
  });

  test("takes theme, brand, template and pictures into the prompt's making", async () => {
    const file = join(testFolder(), "base.png");
    writeFileSync(file, await samplePng());
    const words = [
      "generate",
      "a cup",
      ...small,
      "--json",
      "--theme",
      "vintage",
      "--quality",
      "high",
    ];
    const more = ["--brand", "calm:primaryColor=#0066cc", "--template", "product:surface=slate"];
    const pictures = [
      "--base",
      file,
      "--blend",
      "multiply",
      "--opacity",
      ".3",
      "--reference",
      file,
    ];
    const { exitCode, stdout } = await run([...words, ...more, ...pictures]);
    expect(exitCode).toBe(0);
    const { results } = JSON.parse(stdout) as {
      results: { generation: { prompt: string }; steps: { step: string }[]; warnings: string[] }[];
    };
    expect(results[0]?.generation.prompt).toContain("#0066cc as the leading color");
    expect(results[0]?.steps.map(({ step }) => step)).toEqual(["composite"]);
    expect(results[0]?.warnings).toEqual([]);
  });

  test.each([
    [["--count", "6"], 3, "MAX_VARIATIONS"],
    [["--count", "none"], 2, "whole number"],
    [["--seed", "-1"], 2, "whole number"],
    [["--size", "huge"], 3, "size"],
    [["--generator", "dream"], 3, "Known: sample, gemini, openai"],
    [["--generator", "gemini"], 11, "GEMINI_API_KEY"],
    [["--reference", "none.png"], 6, "none.png"],
  ])("with %j ends with the code %i and says why", async (words, code, says) => {
    const { exitCode, stderr } = await run(["generate", "a car", ...words]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(says);
  });
});

describe("remove-background", () => {
  test("cuts an object out of its background", async () => {
    const file = join(testFolder(), "disc.png");
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="#eef"/><circle cx="32" cy="24" r="15" fill="#c33"/></svg>`;
    writeFileSync(file, await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer());
    const { exitCode, out } = await run(["remove-background", file, "--engine", "chroma"]);
    expect(exitCode).toBe(0);
    const pixels = await sharp(join(out, "disc.png")).raw().toBuffer();
    expect([pixels[3], pixels[(24 * 64 + 32) * 4 + 3]]).toEqual([0, 255]);
  });

  test("by a service without a key says what to set", async () => {
    const file = join(testFolder(), "photo.jpg");
    writeFileSync(
      file,
      await sharp(await samplePng())
        .flatten()
        .jpeg()
        .toBuffer(),
    );
    const { exitCode, stderr } = await run(["remove-background", file, "--engine", "api4ai"]);
    expect(exitCode).toBe(11);
    expect(stderr).toContain("API4AI_API_KEY");
  });
});

describe("doctor", () => {
  const secret = "AIza-the-secret-key";

  test("says what is set up and what is not, and shows no secret", async () => {
    const environment = {
      DATA_DIR: testFolder(),
      GEMINI_API_KEY: secret,
      GENERATION_BUDGET: "25",
      DEFAULT_GENERATOR: "gemini",
      API4AI_API_KEY: secret,
      ENGINES_OFF: "api4ai",
    };
    for (const json of [[], ["--json"]]) {
      const { exitCode, stdout, stderr } = await tintype(["doctor", ...json], { environment });
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).not.toContain(secret);
      expect(stdout).toMatch(/generator gemini.*key set/su);
      expect(stdout).toMatch(/generator openai.*OPENAI_API_KEY/su);
      expect(stdout).toMatch(/25 USD for each day/u);
      expect(stdout).toMatch(/engine api4ai.*turned off by ENGINES_OFF/su);
    }
  });

  test("fails when what is set up can't work", async () => {
    const environment = { DATA_DIR: testFolder(), DEFAULT_GENERATOR: "openai" };
    const { exitCode, stdout } = await tintype(["doctor"], { environment });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/default generator +FAILED +openai has no key/u);
  });
});
