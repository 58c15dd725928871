import { generateImageInfoUrl, generateImageUrl } from "@imgproxy/imgproxy-node";
import nuxtImgproxy from "@nuxt/image/runtime/providers/imgproxy";
import { createImageUrl, unpicTransformer, type UnpicOperations } from "@tintype/image-url";
import { createAdmission, createPipeline, type Pipeline } from "@tintype/pipeline";
import { createMemoryStorage, parseKey, type Storage } from "@tintype/storage";
import { transformBaseImageProps, type CoreImageAttributes } from "@unpic/core/base";
import { describe, expect, test } from "vitest";

import { createResultCache } from "./cache/result-cache.ts";
import type { DeliverySettings } from "./delivery.ts";
import { colorsAt, noise, plainPng, quarters } from "./testing/pictures.ts";
import { failureOf, testDelivery } from "./testing/test-delivery.ts";

const pair = { key: "736563726574", salt: "68656C6C6F" };
const signatures = { pairs: [pair], size: 32, allowUnsigned: false };
const source = "local:///a.png";
const files = async () => ({ "a.png": await quarters() });
const pathOf = (url: string) => url.replace("https://h.example/img", "");

describe("an address", () => {
  test("signed as in imgproxy's documentation is let in", async () => {
    const { delivery } = await testDelivery({}, { signatures, allowedSources: ["local:"] });
    const path =
      "/oKfUtW34Dvo2BGQehJFR4Nr0_rIjOtdtzJ3QFsUcXH8/rs:fill:300:400:0/g:sm/aHR0cDovL2V4YW1w/bGUuY29tL2ltYWdl/cy9jdXJpb3NpdHku/anBn.png";
    // Its source is on the web, which is not reached here: the signature was looked at before.
    expect(await failureOf(() => delivery.image(path))).toMatchObject({
      code: "delivery.source_denied",
    });
    expect(await failureOf(() => delivery.image(path.replace("300", "301")))).toMatchObject({
      code: "delivery.unsigned",
      kind: "forbidden",
    });
  });

  test("signed with an older pair is let in, cut to the size that is set", async () => {
    const older = { key: "00", salt: "01" };
    const rotating = { pairs: [pair, older], size: 8, allowUnsigned: false };
    const { delivery } = await testDelivery(await files(), { signatures: rotating });
    for (const signing of [pair, older]) {
      const urls = createImageUrl({ baseUrl: "", signing, signatureSize: 8 });
      expect(await delivery.image(urls.image(source, { width: 10 }))).toMatchObject({ width: 10 });
    }
    const long = createImageUrl({ baseUrl: "", signing: pair });
    expect(await failureOf(() => delivery.image(long.image(source)))).toMatchObject({
      code: "delivery.unsigned",
    });
  });

  test("is refused where neither keys are set nor unsigned ones allowed", async () => {
    const none = { pairs: [], size: 32, allowUnsigned: false };
    const { delivery } = await testDelivery(await files(), { signatures: none });
    expect(await failureOf(() => delivery.image(`/unsafe/plain/${source}`))).toMatchObject({
      code: "delivery.unsigned",
    });
  });

  test("that has ended is gone, or was never there", async () => {
    const path = `/_/exp:100/plain/${source}`;
    const { delivery } = await testDelivery(await files());
    expect(await failureOf(() => delivery.image(path))).toMatchObject({ code: "delivery.expired" });
    const { delivery: hiding } = await testDelivery(await files(), { hideExpired: true });
    expect(await failureOf(() => hiding.image(path))).toMatchObject({ code: "delivery.not_found" });
    const end = Math.ceil(Date.now() / 1000) + 100;
    expect(await delivery.image(`/_/exp:${end}/plain/${source}`)).toMatchObject({
      expiresAt: new Date(end * 1000),
    });
  });

  test.each(["local:/a.png", "local:///a.png", "local://a.png"])(
    "whose slashes a proxy merged to %s is mended",
    async (text) => {
      const { delivery } = await testDelivery(await files());
      expect(await delivery.image(`/_/w:10/plain/${text}`)).toMatchObject({ width: 10 });
    },
  );

  test.each([
    "/",
    "/_",
    "/_/",
    "/_/w:10",
    "/_/plain/",
    "/_/plain/local:///a.png@webp@png",
    "/_/plain/file:///etc/passwd",
    "/_/plain/local:///../a",
    "/_/plain/asset://../a",
    "/_/plain/a.png",
    "/_/!!!",
  ])("%s is refused", async (path) => {
    const { delivery } = await testDelivery({});
    expect((await failureOf(() => delivery.image(path))).kind).toBe("invalid_input");
  });
});

const signed = async () => (await testDelivery(await files(), { signatures })).delivery;

describe("clients", () => {
  test("@imgproxy/imgproxy-node builds addresses that work", async () => {
    const delivery = await signed();
    for (const displayAs of ["base64", "plain"] as const) {
      const url = generateImageUrl({
        endpoint: "https://h.example/img/",
        url: { value: source, displayAs },
        options: {
          resizing_type: "fill",
          width: 30,
          height: 20,
          gravity: { type: "no" },
          enlarge: 1,
          format: "webp",
        },
        ...pair,
      });
      expect(await delivery.image(pathOf(url))).toMatchObject({
        width: 30,
        height: 20,
        mediaType: "image/webp",
      });
    }
  });

  test("@imgproxy/imgproxy-node builds addresses of information that work", async () => {
    const url = generateImageInfoUrl({
      endpoint: "https://h.example/img",
      url: source,
      options: { blurhash: { x_components: 4, y_components: 3 }, palette: 4 },
      ...pair,
    });
    const info = await (await signed()).info(pathOf(url).replace("/info", ""));
    expect(info).toMatchObject({ format: "png", width: 80, height: 40 });
    expect(info["blurhash"]).toHaveLength(28);
    expect(info["palette"]).toContainEqual({ R: 255, G: 0, B: 0, A: 255 });
  });

  test("@nuxt/image's imgproxy provider builds addresses that work", async () => {
    const { url } = nuxtImgproxy().getImage(
      source,
      {
        modifiers: { width: 30, height: 20, fit: "contain", format: "webp", background: "ff0000" },
        baseURL: "https://h.example/img",
        ...pair,
      } as never,
      {} as never,
    );
    expect(await (await signed()).image(pathOf(url))).toMatchObject({
      width: 30,
      height: 20,
      mediaType: "image/webp",
    });
  });

  test("components of unpic build addresses that work, by the transformer of @tintype/image-url", async () => {
    const transformer = unpicTransformer(createImageUrl({ baseUrl: "", signing: pair }), {
      format: "webp",
    });
    const { srcset } = transformBaseImageProps<UnpicOperations, undefined, CoreImageAttributes>({
      src: source,
      transformer,
      layout: "fixed",
      width: 20,
      height: 20,
    });
    const urls = String(srcset)
      .split(",\n")
      .map((file) => file.split(" ")[0] ?? "");
    const made = await Promise.all(urls.map(async (url) => (await signed()).image(url)));
    expect(made).toMatchObject(
      [20, 40].map((side) => ({ width: side, height: side, mediaType: "image/webp" })),
    );
  });

  test("@tintype/image-url builds addresses that work", async () => {
    const urls = createImageUrl({ baseUrl: "", signing: pair });
    const options = [{ crop: { width: 0.5, height: 0 } }, { width: 10, format: "avif" }];
    expect(await (await signed()).image(urls.image(source, options))).toMatchObject({
      width: 10,
      height: 10,
      mediaType: "image/avif",
    });
  });
});

describe("presets", () => {
  const presets = [
    "default=q:50",
    "small=rs:fill:20:20/f:webp",
    "two=w:40/-/rot:90",
    "both=pr:small",
  ];
  const sized = async (path: string, settings: Partial<DeliverySettings> = {}) => {
    const { delivery } = await testDelivery(await files(), { presets, ...settings });
    const { width, height } = await delivery.image(path);
    return `${width}×${height}`;
  };

  test("stand for their options, also within other presets, and give way to what follows", async () => {
    expect(await sized(`/_/pr:small/plain/${source}`)).toBe("20×20");
    expect(await sized(`/_/preset:both/w:10/h:10/plain/${source}`)).toBe("10×10");
    expect(await sized(`/_/pr:two:small/plain/${source}`)).toBe("20×20");
  });

  test("of several passes go on in those of the address", async () => {
    expect(await sized(`/_/pr:two/-/w:10/plain/${source}`)).toBe("10×20");
  });

  test("alone may be allowed", async () => {
    const onlyPresets = true;
    expect(await sized(`/_/two:small/plain/${source}`, { onlyPresets })).toBe("20×20");
    const { delivery } = await testDelivery(await files(), { presets, onlyPresets });
    expect(await failureOf(() => delivery.image(`/_/w:10/plain/${source}`))).toMatchObject({
      code: "delivery.unknown_preset",
    });
  });

  test("that there are none of are refused", async () => {
    const { delivery } = await testDelivery(await files(), { presets });
    expect(await failureOf(() => delivery.image(`/_/pr:nope/plain/${source}`))).toMatchObject({
      code: "delivery.unknown_preset",
    });
  });

  test.each([["a=pr:a"], ["a"], ["a="], ["a=w"], ["=w:1"], ["a=foo:1"], ["a=pr:b", "b=pr:a"]])(
    "defined as %s are refused at the start",
    async (...wrong) => {
      expect((await failureOf(() => testDelivery({}, { presets: wrong }))).code).toMatch(
        /^delivery\./u,
      );
    },
  );
});

describe("a format that is not asked for", () => {
  const negotiate = { avif: true, webp: true };
  const typeFor = async (accept: string, settings: Partial<DeliverySettings> = { negotiate }) => {
    const { delivery } = await testDelivery(await files(), settings);
    const { mediaType, negotiated } = await delivery.image(`/_/w:40/plain/${source}`, { accept });
    return `${mediaType} ${negotiated}`;
  };

  test("is the best that the client names", async () => {
    expect(await typeFor("image/avif,image/webp,*/*")).toBe("image/avif true");
    expect(await typeFor("image/webp;q=0.8")).toBe("image/webp true");
    expect(await typeFor("image/avif;q=0, image/png")).toBe("image/png true");
    expect(await typeFor("*/*")).toBe("image/png true");
    expect(await typeFor("image/avif,image/webp", { negotiate: { avif: false, webp: true } })).toBe(
      "image/webp true",
    );
    expect(await typeFor("image/avif", {})).toBe("image/png false");
  });
});

describe("client hints", () => {
  test("are the width and the ratio of an address that names none", async () => {
    const { delivery } = await testDelivery(await files());
    const hints = { dpr: 2, width: 40 };
    expect(await delivery.image(`/_/plain/${source}`, hints)).toMatchObject({ width: 40 });
    expect(await delivery.image(`/_/w:10/plain/${source}`, hints)).toMatchObject({ width: 20 });
    expect(await delivery.image(`/_/w:10/dpr:1/plain/${source}`, hints)).toMatchObject({
      width: 10,
    });
  });
});

describe("sources", () => {
  test("without a scheme lie below the base URL", async () => {
    const { delivery } = await testDelivery(
      { "x/a.png": await quarters() },
      { baseUrl: "local:///x/" },
    );
    expect(await delivery.image("/_/w:10/plain/a.png")).toMatchObject({ width: 10 });
  });

  test("are bounded to those that may be named", async () => {
    const { delivery } = await testDelivery(await files(), { allowedSources: ["local:///b"] });
    expect(await failureOf(() => delivery.image(`/_/plain/${source}`))).toMatchObject({
      code: "delivery.source_denied",
    });
  });

  test("that are assets are found by their id", async () => {
    const services = { assetKey: async (id: string) => parseKey(`${id}.png`) };
    const { delivery } = await testDelivery(await files(), {}, services);
    expect(await delivery.image("/_/w:10/plain/asset://a")).toMatchObject({ width: 10 });
    const { delivery: without } = await testDelivery(await files());
    expect(await failureOf(() => without.image("/_/w:10/plain/asset://a"))).toMatchObject({
      code: "delivery.source_denied",
    });
  });

  test("that change are read again", async () => {
    const storage = createMemoryStorage();
    const { delivery } = await testDelivery(await files(), {}, { storage });
    const path = `/_/f:png/plain/${source}`;
    const first = await delivery.image(path);
    await storage.put(parseKey("a.png"), await plainPng(8, 8, 1, 2, 3));
    expect(await delivery.image(path)).toMatchObject({ width: 8 });
    expect(first.width).toBe(80);
  });
});

/** A cache over a storage. */
test("stored pictures that come at once for the first time are read when their turn is near", async () => {
  const storage = createMemoryStorage();
  let read = 0;
  const counting: Storage = {
    ...storage,
    async get(key, options) {
      const content = await storage.get(key, options);
      return {
        ...content,
        bytes: async () => {
          read += 1;
          return content.bytes();
        },
      };
    },
  };
  const admission = createAdmission({ maxPictures: 1 });
  const pipeline = createPipeline({ storage: counting, admission });
  const names = Array.from({ length: 8 }, (_, index) => `${index}.png`);
  const pictures = await Promise.all(names.map(async (name) => [name, await noise()] as const));
  const services = { storage: counting, pipeline };
  const { delivery } = await testDelivery(Object.fromEntries(pictures), {}, services);
  let made = 0;
  const ahead: number[] = [];
  const ask = async (name: string) => {
    await delivery.image(`/_/w:4/plain/local:///${name}`);
    ahead.push(read - made);
    made += 1;
  };
  await Promise.all(names.map(ask));
  expect(read).toBe(names.length);
  expect(Math.max(...ahead)).toBeLessThanOrEqual(3);
});

const cacheOver = (storage: Storage) =>
  createResultCache({
    storage,
    prefix: "cache",
    maxBytes: 1e6,
    maxAgeMs: 60_000,
    engine: "1",
  });

describe("a kept result", () => {
  test("is made anew when its watermark has changed, whether the address names it or the server", async () => {
    const storage = createMemoryStorage();
    const mark = parseKey("mark.png");
    await storage.put(mark, await plainPng(8, 4, 0, 0, 0));
    const { delivery } = await testDelivery(
      await files(),
      { watermark: "local:///mark.png" },
      { storage, cache: cacheOver(storage) },
    );
    const marked = async (options: string) => {
      const { cache, bytes, lastModified } = await delivery.image(`/_/${options}/plain/${source}`);
      return { cache, color: await colorsAt(bytes, [1, 1]), lastModified };
    };
    const named = `wmu:${Buffer.from("local:///mark.png").toString("base64url")}/wm:1:nowe`;
    for (const options of ["wm:1:nowe", named]) {
      expect(await marked(options)).toMatchObject({ cache: "miss", color: "k" });
      expect(await marked(options)).toMatchObject({ cache: "hit", color: "k" });
    }
    const { lastModified } = await storage.put(mark, await plainPng(8, 4, 255, 255, 255));
    for (const options of ["wm:1:nowe", named]) {
      expect(await marked(options)).toEqual({ cache: "miss", color: "w", lastModified });
      expect(await marked(options)).toMatchObject({ cache: "hit", color: "w" });
    }
    await storage.put(mark, await plainPng(8, 4, 0, 0, 0));
    expect(await marked(named)).toMatchObject({ cache: "hit", color: "k" });
  });

  test("is never that of another picture, which the web gives out at the same address by now", async () => {
    const storage = createMemoryStorage();
    const [red, blue] = [await plainPng(8, 8, 255, 0, 0), await plainPng(8, 8, 0, 0, 255)];
    let onTheWeb = red;
    const real = createPipeline({ storage });
    const pipeline: Pipeline = {
      ...real,
      read: async (from, options) =>
        from.kind === "url" ? Buffer.from(onTheWeb) : real.read(from, options),
    };
    const cache = cacheOver(storage);
    const { delivery } = await testDelivery({ "red.png": red }, {}, { storage, pipeline, cache });
    const made = async (width: number, from: string) => {
      const { bytes, ...image } = await delivery.image(`/_/w:${width}/plain/${from}`);
      return `${image.cache} ${await colorsAt(bytes, [1, 1])}`;
    };
    const url = "https://h.example/red.png";
    expect(await made(4, url)).toBe("miss r");
    onTheWeb = blue;
    expect(await made(4, url)).toBe("hit r");
    expect(await made(5, url)).toBe("miss b");
    expect(await made(5, "local:///red.png")).toBe("miss r");
    expect(await made(5, url)).toBe("miss b");
    expect(await made(5, url)).toBe("hit b");
  });

  test("goes with all of its source's when they are invalidated", async () => {
    const storage = createMemoryStorage();
    const { delivery } = await testDelivery(
      { ...(await files()), "b.png": await noise() },
      {},
      { storage, cache: cacheOver(storage) },
    );
    const status = async (name: string, width: number) =>
      (await delivery.image(`/_/w:${width}/plain/local:///${name}`)).cache;
    for (const width of [10, 20]) await status("a.png", width);
    await status("b.png", 10);
    expect(await delivery.invalidate(source)).toBe(2);
    expect([await status("a.png", 10), await status("b.png", 10)]).toEqual(["miss", "hit"]);
  });
});

describe("a fallback", () => {
  test("stands in for a picture that can't be had, and not for a wrong address", async () => {
    const { delivery } = await testDelivery(
      { ...(await files()), "text.png": new TextEncoder().encode("no picture") },
      { fallback: source },
    );
    for (const missing of ["none.png", "text.png"]) {
      expect(await delivery.image(`/_/w:10/plain/local:///${missing}`)).toMatchObject({
        width: 10,
        fallback: true,
      });
    }
    expect(await delivery.image(`/_/w:10/plain/${source}`)).toMatchObject({ fallback: false });
    expect((await failureOf(() => delivery.image(`/_/w:x/plain/${source}`))).code).toBe(
      "delivery.invalid_url",
    );
  });
});
