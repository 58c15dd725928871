import { loadSettings } from "@tintype/config";
import { expect, test } from "vitest";

import { usableGenerators } from "./usable-generators.ts";

test.each([
  [{}, ["sample"]],
  [{ OPENAI_API_KEY: "sk-1" }, ["sample", "openai"]],
  [
    { OPENAI_API_KEY: "sk-1", GEMINI_API_KEY: "k", DEFAULT_GENERATOR: "openai" },
    ["openai", "sample", "gemini"],
  ],
  [
    { OPENAI_API_KEY: "sk-1", DEFAULT_GENERATOR: "openai", ENGINES_OFF: "sample,gemini" },
    ["openai"],
  ],
])("with %j these can draw: %j", (environment, names) => {
  expect(usableGenerators(loadSettings(environment))).toEqual(names);
});
