import { expect, test } from "vitest";

import { loadOpenCv } from "./open-cv.ts";

test("a library that is not installed is told apart from one that fails", async () => {
  expect(await loadOpenCv("@tintype/not-installed")).toBeUndefined();
});
