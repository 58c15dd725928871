import { expect, test } from "vitest";

import { testApp } from "../testing/test-app.ts";

interface Declared {
  readonly name: string;
  readonly schema: { readonly properties: Readonly<Record<string, { readonly unit?: string }>> };
  readonly examples: readonly object[];
}

test("the catalog lists what requests may name, and what it says of presets is a request", async () => {
  const { request, runtime } = await testApp();
  const answer = (await (await request("/api/v1/catalog")).json()) as {
    readonly steps: readonly Declared[];
    readonly formats: readonly Declared[];
    readonly presets: readonly (Declared & { readonly content: object })[];
  };
  const { steps, exporters, presets } = runtime.pipeline.registries;
  for (const [listed, known] of [
    [answer.steps, steps],
    [answer.formats, exporters],
    [answer.presets, presets],
  ] as const) {
    expect(listed.map(({ name }) => name)).toEqual(known.all.map(({ name }) => name));
  }
  for (const { name, content } of answer.presets) {
    const source = { kind: "stored", key: "a.png" };
    const spelled = runtime.pipeline.parse({ source, ...content });
    expect(spelled).toEqual(runtime.pipeline.parse({ source, preset: name }));
  }
  const blur = answer.steps.find(({ name }) => name === "shadow");
  expect(blur?.schema.properties["blur"]).toMatchObject({ default: 15, unit: "px" });
});
