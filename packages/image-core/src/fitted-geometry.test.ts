import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { fittedGeometry, type Fit, type FitRequest } from "./fitted-geometry.ts";

const side = fc.integer({ min: 1, max: 3000 });
const size = fc.record({ width: side, height: side });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const request = fc.record({
  width: side,
  height: side,
  fit: fc.constantFrom<Fit>("inside", "outside", "cover", "fill", "contain"),
  enlarge: fc.boolean(),
  position: fc.record({ x: fraction, y: fraction }),
});
const middle = { x: 0.5, y: 0.5 };

describe("fittedGeometry", () => {
  test("hits a side that is asked for alone to the pixel", () => {
    const one = fc.constantFrom<Fit>("inside", "outside", "cover", "fill", "contain");
    fc.assert(
      fc.property(size, side, one, (input, length, fit) => {
        const given = { fit, enlarge: true, position: middle };
        expect(fittedGeometry(input, { ...given, width: length }).size.width).toBe(length);
        expect(fittedGeometry(input, { ...given, height: length }).size.height).toBe(length);
      }),
    );
  });

  test("never scales up unless asked", () => {
    fc.assert(
      fc.property(size, request, (input, given) => {
        const { scaled } = fittedGeometry(input, { ...given, enlarge: false });
        expect(scaled.width).toBeLessThanOrEqual(input.width);
        expect(scaled.height).toBeLessThanOrEqual(input.height);
      }),
    );
  });

  test("keeps the shape of the picture to within a pixel, except to fill", () => {
    fc.assert(
      fc.property(size, request, (input, given) => {
        fc.pre(given.fit !== "fill");
        const { scaled } = fittedGeometry(input, given);
        const [x, y] = [scaled.width / input.width, scaled.height / input.height];
        const apart = Math.min(
          Math.abs(input.width * y - scaled.width),
          Math.abs(input.height * x - scaled.height),
        );
        expect(apart).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("keeps what it cuts out or places inside of what it stands in", () => {
    fc.assert(
      fc.property(size, request, (input, given) => {
        const { size: result, scaled, window } = fittedGeometry(input, given);
        const outer = given.fit === "contain" ? result : scaled;
        expect(window.left).toBeGreaterThanOrEqual(0);
        expect(window.top).toBeGreaterThanOrEqual(0);
        expect(window.left + window.width).toBeLessThanOrEqual(outer.width);
        expect(window.top + window.height).toBeLessThanOrEqual(outer.height);
      }),
    );
  });

  test("gives the size that the fit promises", () => {
    fc.assert(
      fc.property(size, request, (input, given) => {
        const { size: result } = fittedGeometry(input, given);
        const { width, height, fit } = given;
        const large = given.enlarge || (input.width >= width && input.height >= height);
        const exact = result.width === width && result.height === height;
        const within = result.width <= width && result.height <= height;
        const around = result.width >= width && result.height >= height;
        const touching = result.width === width || result.height === height;
        const promises = {
          contain: exact,
          cover: large ? exact : within,
          fill: large ? exact : within,
          inside: within && (touching || !large),
          outside: around || !large,
        };
        expect(promises[fit]).toBe(true);
      }),
    );
  });

  const cases: readonly [string, [number, number], Partial<FitRequest>, [number, number]][] = [
    ["a width alone", [1001, 667], { width: 333 }, [333, 222]],
    ["a height alone", [1001, 667], { height: 333 }, [500, 333]],
    ["inside an odd box", [1001, 667], { width: 301, height: 303 }, [301, 201]],
    ["outside an odd box", [1001, 667], { width: 301, height: 303, fit: "outside" }, [455, 303]],
    ["cover", [1001, 667], { width: 301, height: 303, fit: "cover" }, [301, 303]],
    ["fill", [1001, 667], { width: 301, height: 303, fit: "fill" }, [301, 303]],
    ["contain", [1001, 667], { width: 301, height: 303, fit: "contain" }, [301, 303]],
    ["a hair line", [5000, 1], { width: 100 }, [100, 1]],
    ["too small for inside", [30, 20], { width: 301, height: 303 }, [30, 20]],
    ["too small for cover", [30, 20], { width: 300, height: 300, fit: "cover" }, [20, 20]],
    ["half too small for cover", [600, 20], { width: 300, height: 300, fit: "cover" }, [20, 20]],
    ["half too small for fill", [600, 20], { width: 300, height: 300, fit: "fill" }, [300, 20]],
    ["too small for contain", [30, 20], { width: 50, height: 50, fit: "contain" }, [50, 50]],
    ["enlarged inside", [30, 20], { width: 300, height: 300, enlarge: true }, [300, 200]],
    [
      "enlarged cover",
      [30, 20],
      { width: 300, height: 300, fit: "cover", enlarge: true },
      [300, 300],
    ],
  ];
  test.each(cases)("%s", (_what, [width, height], given, [resultWidth, resultHeight]) => {
    const asked = { fit: "inside" as const, enlarge: false, position: middle, ...given };
    expect(fittedGeometry({ width, height }, asked).size).toEqual({
      width: resultWidth,
      height: resultHeight,
    });
  });
});
