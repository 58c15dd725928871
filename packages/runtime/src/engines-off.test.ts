import { loadSettings, type Environment } from "@tintype/config";
import { createUsageMeter } from "@tintype/generators";
import { builtInRegistries, canCross } from "@tintype/pipeline";
import { createMetrics } from "@tintype/telemetry";
import { describe, expect, test } from "vitest";

import { createBackgroundRemovers } from "./create-background-removers.ts";
import { createGeneration } from "./create-generation.ts";
import { createRegistries } from "./create-registries.ts";

const shared = {
  cache: { get: async () => undefined, put: async () => undefined },
  meter: createUsageMeter(),
  metrics: createMetrics(),
};
const removers = (environment: Environment) =>
  Object.keys(createBackgroundRemovers(loadSettings(environment), shared));
const generators = (environment: Environment) =>
  Object.keys(createGeneration(loadSettings(environment), shared).generators);

describe("an engine that settings turn off", () => {
  test("is as if it were not there, and the others stay", () => {
    const all = ["auto", "grabcut", "watershed", "chroma", "api4ai", "chain"];
    expect(removers({})).toEqual(all);
    expect(removers({ ENGINES_OFF: "gemini" })).toEqual(all);
    expect(removers({ ENGINES_OFF: "opencv" })).toEqual(["api4ai"]);
    expect(removers({ ENGINES_OFF: "opencv", API4AI_API_KEY: "k3y" })).toEqual(["api4ai", "chain"]);
    expect(removers({ ENGINES_OFF: "api4ai,opencv" })).toEqual([]);
    expect(generators({})).toEqual(["sample", "gemini", "openai"]);
    expect(generators({ ENGINES_OFF: "openai, GEMINI" })).toEqual(["sample"]);
  });

  test("can't be the one that draws where a request names nobody", () => {
    expect(() => generators({ ENGINES_OFF: "sample" })).toThrow("DEFAULT_GENERATOR");
    expect(generators({ ENGINES_OFF: "sample", DEFAULT_GENERATOR: "gemini" })).toEqual([
      "gemini",
      "openai",
    ]);
  });
});

describe("the formats' own options", () => {
  const changed = createRegistries(
    loadSettings({ JPEG_QUALITY: "85", WEBP_QUALITY: "71", PNG_COMPRESSION: "0" }),
  );
  const defaults = (format: string) => changed.exporters.get(format).options.parse({});

  test("are what settings ask for, where a request does not say", () => {
    expect(defaults("jpeg")).toMatchObject({ quality: 85 });
    expect(defaults("webp")).toMatchObject({ quality: 71 });
    expect(defaults("png")).toMatchObject({ compressionLevel: 0 });
    expect(changed.exporters.schema.parse({ format: "jpeg", quality: 3 })).toMatchObject({
      quality: 3,
    });
  });

  test("leave pictures to a process of their own where they may take long", () => {
    expect(canCross(changed)).toBe(true);
    expect(createRegistries(loadSettings({}))).toBe(builtInRegistries);
  });
});
