import { discPicture, intersectionOverUnion, removerContract } from "@tintype/generators/testing";
import { sharp } from "@tintype/image-core";
import { describe, expect, test } from "vitest";

import {
  answerWith,
  cutOutOf,
  failureWith,
  sentPicture,
  testApi4ai,
} from "./testing/test-api4ai.ts";

const disc = { x: 80, y: 60, radius: 36 };
const { picture, truth } = discPicture(160, 120, [disc]);

for (const mode of ["fg-image", "fg-mask", "fg-image-shadow"] as const)
  removerContract(`api4ai, ${mode}`, {
    create: async () => (await testApi4ai(cutOutOf, { mode })).remover,
    cannot: {
      "leaves holes as they are when asked": "the service decides on holes",
      "keeps all objects, or the largest alone": "the service decides what the object is",
    },
  });

describe("a picture", () => {
  test.each([
    ["general", "fg-image", "/img-bg-removal/v1/results"],
    ["cars", "fg-image-shadow", "/img-bg-removal/v1/cars/results"],
  ] as const)(
    "goes to the %s endpoint in the mode %s, in one request",
    async (endpoint, mode, path) => {
      const { remover, requests, meter } = await testApi4ai(cutOutOf, {
        endpoint,
        mode,
        pricePerCall: 0.01,
      });
      const removal = await remover.remove(picture);
      expect(removal).toMatchObject({ engine: "api4ai", cost: { amount: 0.01, currency: "USD" } });
      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatchObject({
        method: "POST",
        url: { pathname: path, search: `?mode=${mode}&representation=base64` },
        headers: { "x-api-key": "key-of-the-test" },
      });
      expect(meter.read()["api4ai"]).toMatchObject({ requests: 1, failures: 0, cost: 0.01 });
    },
  );

  test("too large for the service goes out smaller, and the mask comes back at its full size", async () => {
    const large = discPicture(4600, 400, [{ x: 2300, y: 200, radius: 150 }]);
    const { remover, requests } = await testApi4ai();
    const { mask } = await remover.remove(large.picture);
    const [request] = requests;
    expect(request && (await sentPicture(request))).toMatchObject({ width: 4096, height: 356 });
    expect(mask).toMatchObject({ width: 4600, height: 400 });
    expect(intersectionOverUnion(mask.data, large.truth)).toBeGreaterThan(0.97);
  });

  test("has edges that are free of the old background's color", async () => {
    const softMask = await sharp(truth, { raw: { width: 160, height: 120, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    const { remover } = await testApi4ai(() => answerWith(softMask), { mode: "fg-mask" });
    const { mask, foreground } = await remover.remove(picture, { alphaThreshold: 0 });
    let [edges, ownBlue, freeBlue] = [0, 0, 0];
    for (const [index, alpha] of mask.data.entries()) {
      if (alpha < 60 || alpha > 200) continue;
      edges += 1;
      ownBlue += picture.data[index * 3 + 2] ?? 0;
      freeBlue += foreground?.[index * 3 + 2] ?? 0;
    }
    // The disc is red, its backdrop nearly white.
    expect(edges).toBeGreaterThan(50);
    expect(freeBlue / edges).toBeLessThan(70);
    expect(ownBlue / edges).toBeGreaterThan(110);
  });

  test("keeps the shadow that the service lays under it", async () => {
    const rgba = Buffer.alloc(160 * 120 * 4);
    for (let index = 0; index < truth.length; index++) {
      const shadow = index >= 160 * 100 ? 90 : 0;
      rgba.set(picture.data.subarray(index * 3, index * 3 + 3), index * 4);
      if (shadow > 0) rgba.set([10, 10, 10], index * 4);
      rgba[index * 4 + 3] = Math.max(truth[index] ?? 0, shadow);
    }
    const png = await sharp(rgba, { raw: { width: 160, height: 120, channels: 4 } })
      .png()
      .toBuffer();
    const { remover } = await testApi4ai(() => answerWith(png), { mode: "fg-image-shadow" });
    const { mask, foreground } = await remover.remove(picture, { alphaThreshold: 0 });
    const at = 160 * 110 + 20;
    expect(mask.data[at]).toBe(90);
    expect([...(foreground?.subarray(at * 3, at * 3 + 3) ?? [])]).toEqual([10, 10, 10]);
  });
});

describe("the same picture", () => {
  test("is paid for once, also for other wishes", async () => {
    const { remover, requests, meter } = await testApi4ai(cutOutOf, { pricePerCall: 0.01 });
    const first = await remover.remove(picture);
    const again = await remover.remove({ ...picture, data: picture.data.slice() });
    const soft = await remover.remove(picture, { featherPx: 4 });
    expect(requests).toHaveLength(1);
    expect(again.mask).toEqual(first.mask);
    expect([first, again, soft].map(({ cost }) => cost?.amount)).toEqual([0.01, 0, 0]);
    expect(meter.read()["api4ai"]).toMatchObject({ requests: 1, cacheHits: 2 });
  });

  test("is paid for once when it comes several times at once", async () => {
    const { remover, requests } = await testApi4ai();
    await Promise.all([1, 2, 3].map(() => remover.remove(picture)));
    expect(requests).toHaveLength(1);
  });

  test("is asked for again after a failure, by who waited for it", async () => {
    const { remover, requests } = await testApi4ai((request, index) =>
      index === 0 ? { status: 401, body: { message: "no" } } : cutOutOf(request),
    );
    const [first, second] = await Promise.allSettled([1, 2].map(() => remover.remove(picture)));
    expect([first?.status, second?.status]).toEqual(["rejected", "fulfilled"]);
    expect(requests).toHaveLength(2);
  });

  test("is another one in another mode", async () => {
    const kept = new Map<string, Uint8Array>();
    const cache = {
      get: async (name: string) => kept.get(name),
      put: async (name: string, bytes: Uint8Array) => void kept.set(name, bytes),
    };
    const { remover } = await testApi4ai(cutOutOf, { cache });
    const { remover: other } = await testApi4ai(cutOutOf, { cache, mode: "fg-mask" });
    await remover.remove(picture);
    await other.remove(picture);
    expect(kept.size).toBe(2);
    expect([...kept.keys()].every((name) => /^[\da-f]{64}$/u.test(name))).toBe(true);
  });
});

describe("after one request", () => {
  test.each([
    [failureWith("Image resolution is too high"), "processing", "background.refused"],
    [failureWith("Can't read the image"), "processing", "background.refused"],
    [{ status: 400, body: { message: "no" } }, "invalid_input", "service.refused_request"],
    [{ status: 401, body: { message: "no" } }, "configuration", "service.key_refused"],
    [{ status: 413, body: "too large" }, "invalid_input", "service.refused_request"],
    [
      { status: 422, body: { detail: [{ loc: ["body"], msg: "m", type: "t" }] } },
      "invalid_input",
      "service.refused_request",
    ],
    [{ body: "<html>hello</html>" }, "upstream", "service.invalid_answer"],
    [{ body: { results: [] } }, "upstream", "service.invalid_answer"],
    [answerWith(Buffer.from("hello")), "upstream", "service.invalid_answer"],
  ])("the answer %j is an error of kind %s, %s", async (answer, kind, code) => {
    const { remover, requests, waits } = await testApi4ai(() => answer);
    const failure = await remover.remove(picture).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind, code, retryable: false });
    expect(JSON.stringify([failure, String(failure)])).not.toContain("key-of-the-test");
    expect([requests.length, waits]).toEqual([1, []]);
  });
});

describe("what may pass", () => {
  test.each([
    ["429", { status: 429, headers: { "retry-after": "7" } }],
    ["503", { status: 503 }],
    ["a cut connection", { body: "{", cut: true } as const],
    ["a failure within HTTP 200", failureWith("Internal problem")],
  ])("%s is tried again", async (_what, answer) => {
    const { remover, requests, waits } = await testApi4ai((request, index) =>
      index === 0 ? answer : cutOutOf(request),
    );
    expect((await remover.remove(picture)).engine).toBe("api4ai");
    expect([requests.length, waits.length]).toEqual([2, 1]);
  });

  test("429 is not tried again before it says", async () => {
    const { remover, waits } = await testApi4ai((request, index) =>
      index === 0 ? { status: 429, headers: { "retry-after": "7" } } : cutOutOf(request),
    );
    await remover.remove(picture);
    expect(waits).toEqual([7000]);
  });
});

test("an abort while the service works ends the request, with its own reason", async () => {
  const end = new AbortController();
  const reason = new Error("the client left");
  const { remover, requests } = await testApi4ai(async () => {
    end.abort(reason);
    return new Promise(() => {});
  });
  await expect(remover.remove(picture, {}, { signal: end.signal })).rejects.toBe(reason);
  expect(requests).toHaveLength(1);
});
