import { png } from "@tintype/exporters";
import { fixture, fixtureNames, hostileFiles } from "@tintype/image-core/testing";
import { describe, expect, test } from "vitest";

import { createIsolatedRenderer } from "./isolation/isolated-renderer.ts";
import { failureOf, testPipeline } from "./testing/test-pipeline.ts";

const renderer = createIsolatedRenderer();

describe.each([
  ["here", testPipeline()],
  ["in a process of its own", testPipeline({ isolation: { renderer, aboveMs: -1 } })],
])("a hostile file, %s:", (_where, { pipeline, storage }) => {
  test.each(hostileFiles.map((file) => [file.what, file] as const))(
    "%s has its own error, leaves its place, and stores nothing",
    async (_what, { bytes, name, kind, code }) => {
      const source = { kind: "bytes", data: await bytes(), ...(name !== undefined && { name }) };
      const variants = [{ name: "a", output: png() }];
      const error = await failureOf(() => pipeline.run(pipeline.parse({ source, variants })));
      expect(error).toMatchObject({ kind, code });
      expect(pipeline.admission.state()).toEqual({ running: 0, waiting: 0, pixels: 0 });
      for await (const { key } of storage.list()) throw new Error(`${key} was stored`);
    },
  );
});

/** Makes of a real picture the format that suits it. */
async function asAuto(name: string) {
  const { pipeline } = testPipeline();
  const source = { kind: "bytes", data: fixture(name), name };
  const steps = [{ step: "resize", width: 300, height: 300 }];
  const variants = [{ name: "a", output: { format: "auto" } }];
  return pipeline.run(pipeline.parse({ source, steps, variants }));
}

describe.skipIf(fixtureNames.length === 0)("a real picture as auto", () => {
  const broken = ["corrupt-header.jpg", "truncated.jpg", "truncated.png"];

  test.each(fixtureNames.filter((name) => !broken.includes(name)))(
    "gives a file named for what it became: %s",
    async (name) => {
      const [file] = (await asAuto(name)).variants;
      expect(file?.key.endsWith(`/a.${file.format.replace("jpeg", "jpg")}`)).toBe(true);
    },
  );

  test.each(broken)("is refused where it is damaged: %s", async (name) => {
    expect(await failureOf(() => asAuto(name))).toMatchObject({ code: "image.corrupt" });
  });
});
