import { expect, test } from "vitest";

import { loadSettings, secretsOf } from "./index.ts";

test("the secrets of settings are their values, and nothing that is no secret", () => {
  const environment = { SIGNING_SECRET: "4fd8b3b1c2a9e7d0", INTERNAL_API_KEY: "0d7e9a2c1b3b8df4" };
  const loaded = loadSettings({ ...environment, PORT: "1234" });
  expect(secretsOf(loaded).toSorted()).toEqual(Object.values(environment).toSorted());
  expect(secretsOf(loadSettings({}))).toEqual([]);
});
