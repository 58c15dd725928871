import { createRegistry, readImage } from "@tintype/image-core";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { builtInExporters, encode, withDefaults } from "./index.ts";

const jpeg = builtInExporters.get("jpeg");
const photo = await readImage(
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><filter id="n"><feTurbulence baseFrequency="0.4"/></filter><rect width="64" height="64" filter="url(#n)"/></svg>`,
  ),
);

test("a format with another default writes what the value itself asks for", async () => {
  const registry = createRegistry("format", [withDefaults(jpeg, { quality: 35 })]);
  const [left, named] = [{ format: "jpeg" }, { format: "jpeg", quality: 35 }];
  expect((await encode(photo, left, { registry })).data).toEqual((await encode(photo, named)).data);
  const own = { format: "jpeg", quality: 90 };
  expect((await encode(photo, own, { registry })).data).toEqual((await encode(photo, own)).data);
});

test("everything else of the format stays as it is", () => {
  const changed = withDefaults(jpeg, { quality: 35 });
  const { options: _changed, ...rest } = { ...changed };
  const { options: _own, ...same } = { ...jpeg };
  expect(rest).toEqual(same);
  expect(changed.options.shape["quality"]?.description).toBe(
    jpeg.options.shape["quality"]?.description,
  );
  const quality = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(quality, (value) => {
      const output = withDefaults(jpeg, { quality: value }).options.parse({});
      expect(output).toEqual({ ...jpeg.options.parse({}), quality: value });
    }),
  );
});

test("a value that the option does not take, and an option that is none, are refused", () => {
  expect(() => withDefaults(jpeg, { quality: 101 })).toThrow("100");
  expect(() => withDefaults(jpeg, { level: 3 })).toThrow("level");
});
