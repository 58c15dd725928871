import { readImage, sharp } from "@tintype/image-core";
import { parseKey } from "@tintype/storage";
import { describe, expect, test } from "vitest";

import { cutout } from "../testing/pictures.ts";
import { formOf, problemIn, testApp, type TestApp } from "../testing/test-app.ts";
import { generateAnswer } from "./generate.ts";
import { objectAnswer } from "./objects.ts";
import { thumbnailsAnswer } from "./thumbnails.ts";

async function post({ request }: TestApp, path: string, body: object): Promise<Response> {
  const init =
    body instanceof FormData
      ? { body }
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  return request(path, { method: "POST", ...init });
}

async function sizeBehind({ request, runtime }: TestApp, url: string) {
  const response = await request(url.slice(runtime.url.length));
  const { source } = await readImage(new Uint8Array(await response.arrayBuffer()));
  return [source.format, source.width, source.height];
}

async function thumbnails(app: TestApp, body: object) {
  return thumbnailsAnswer.parse(await (await post(app, "/api/v1/thumbnails", body)).json());
}

describe("POST /api/v1/thumbnails", () => {
  test("makes variations of a script, each in three formats", async () => {
    const app = await testApp();
    const body = { script: "How to brew coffee", count: 2, theme: "illustration", seed: 4 };
    const { requestId, variations, failures, warnings } = await thumbnails(app, body);
    expect(requestId).not.toBe("");
    expect([failures, warnings]).toEqual([[], []]);
    expect(variations.map(({ id }) => id)).toEqual(["var-1", "var-2"]);
    const [first] = variations;
    expect(first?.metadata).toMatchObject({
      aspectRatio: "16:9",
      generator: "sample",
      model: "still-life",
      seed: 4,
      prompt: expect.stringContaining("How to brew coffee. A hand-made illustration") as string,
    });
    expect(Object.keys(first?.exports ?? {})).toEqual(["png", "jpeg", "webp"]);
    expect(first?.storagePath).toBe(first?.exports["png"]?.filePath);
    for (const { format, url, size, exportedAt } of Object.values(first?.exports ?? {})) {
      expect(await sizeBehind(app, url)).toEqual([format, 1920, 1080]);
      expect(size).toBeGreaterThan(1000);
      expect(Date.parse(exportedAt)).not.toBeNaN();
    }
  });

  test("blends the picture of a form in", async () => {
    const app = await testApp();
    const wish = { script: "fruit", aspectRatio: "1:1", seed: 4 };
    const plain = await thumbnails(app, formOf(wish));
    const fields = {
      ...wish,
      image: await cutout(),
      opacity: 0.8,
      count: 1,
      brand: { style: "calm" },
    };
    const blended = await thumbnails(app, formOf(fields));
    expect(blended.warnings).toEqual([]);
    const [a, b] = [plain, blended].map(({ variations }) => variations[0]?.exports["png"]);
    expect(a?.filePath).not.toBe(b?.filePath);
    expect(await sizeBehind(app, b?.url ?? "")).toEqual(["png", 1080, 1080]);
  });

  test("goes on without a picture that can't be read, and warns", async () => {
    const app = await testApp();
    const body = { script: "fruit", aspectRatio: "1:1", imageBase64: btoa("hello") };
    const { variations, warnings } = await thumbnails(app, body);
    expect(variations).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining("base picture was left out") as string]);
  });

  test.each([
    [{}, 400, "request.invalid"],
    [{ script: "x", count: 6 }, 400, "request.invalid"],
    [{ script: "x", aspectRatio: "wide" }, 400, "request.invalid"],
    [{ script: "x", theme: "baroque" }, 400, "request.invalid"],
    [{ script: "x", imageBase64: "AAAA", imageUrl: "https://a.example" }, 400, "request.invalid"],
    [{ script: "x", generator: "gemini" }, 503, "service.not_configured"],
  ])("with %j is refused", async (body, status, code) => {
    const app = await testApp();
    const problem = await problemIn(await post(app, "/api/v1/thumbnails", body));
    expect(problem).toMatchObject({ status, code });
  });
});

async function generate(app: TestApp, body: object) {
  return generateAnswer.parse(await (await post(app, "/api/v1/generate", body)).json());
}

describe("POST /api/v1/generate", () => {
  const wish = { prompt: "a red car", size: "custom", width: 96, height: 54, seed: 7 };

  test("gives the picture in the answer, and stores nothing", async () => {
    const app = await testApp();
    const { images } = await generate(app, wish);
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({ mediaType: "image/png", width: 96, height: 54 });
    const bytes = Buffer.from(images[0]?.base64 ?? "", "base64");
    expect(await readImage(bytes)).toMatchObject({ width: 96, height: 54 });
    const stored = [];
    for await (const { key } of app.runtime.storage.list()) stored.push(key);
    expect(stored).toEqual([]);
  });

  test("stores pictures under the key that was given, with metadata, in the format that it says", async () => {
    const app = await testApp();
    const metadata = { "user-id": "42" };
    const { images } = await generate(app, { ...wish, count: 2, key: "cars/red.webp", metadata });
    expect(images.map(({ key }) => key)).toEqual(["cars/red.webp", "cars/red-2.webp"]);
    expect(images.map(({ base64 }) => base64)).toEqual([undefined, undefined]);
    expect(await app.runtime.storage.head(parseKey("cars/red-2.webp"))).toMatchObject({
      mediaType: "image/webp",
      metadata: { "user-id": "42", generator: "sample", model: "still-life" },
    });
    expect(await sizeBehind(app, images[0]?.url ?? "")).toEqual(["webp", 96, 54]);
  });

  test("runs steps before the picture is written", async () => {
    const app = await testApp();
    const steps = [{ step: "resize", width: 48 }];
    const { images } = await generate(app, { ...wish, steps, output: { format: "jpeg" } });
    expect(images[0]).toMatchObject({ mediaType: "image/jpeg", width: 48, height: 27 });
  });

  test.each([
    [{ prompt: "" }, 400, "request.invalid"],
    [{ count: 6 }, 400, "request.invalid"],
    [{ key: "../a.png" }, 400, "storage.invalid_key"],
    [{ key: "a.exe" }, 400, "request.invalid"],
    [{ metadata: { A: "b" } }, 400, "request.invalid"],
    [{ generator: "dream" }, 400, "generator.unknown"],
  ])("with %j is refused", async (fault, status, code) => {
    const app = await testApp();
    const problem = await problemIn(await post(app, "/api/v1/generate", { ...wish, ...fault }));
    expect(problem).toMatchObject({ status, code });
    expect(app.internalErrors).toEqual([]);
  });
});

describe("/api/v1/objects", () => {
  const path = "/api/v1/objects/cars/my%20car.png";

  test("PUT stores a picture as it is, with metadata, and DELETE removes it", async () => {
    const app = await testApp();
    const bytes = await cutout();
    const headers = { "content-type": "application/octet-stream", "x-meta-owner": "42" };
    const response = await app.request(path, {
      method: "PUT",
      body: new Uint8Array(bytes),
      headers,
    });
    const answer = objectAnswer.parse(await response.json());
    expect(answer).toMatchObject({
      key: "cars/my car.png",
      mediaType: "image/png",
      width: 96,
      height: 72,
      bytes: bytes.length,
      metadata: { owner: "42" },
    });
    const link = answer.url.slice(app.runtime.url.length);
    expect(Buffer.from(await (await app.request(link)).arrayBuffer()).equals(bytes)).toBe(true);

    for (const _ of [1, 2]) {
      expect((await app.request(path, { method: "DELETE" })).status).toBe(204);
    }
    expect((await app.request(link)).status).toBe(404);
  });

  test("PUT with if-none-match refuses a key that is taken", async () => {
    const app = await testApp();
    const body = new Uint8Array(await cutout());
    const put = async () =>
      app.request(path, { method: "PUT", body, headers: { "if-none-match": "*" } });
    expect((await put()).status).toBe(200);
    expect((await problemIn(await put())).code).toBe("storage.already_exists");
  });

  test.each([
    ["text", "hello", path, "image.unknown_type"],
    ["nothing", "", path, "image.empty"],
    ["a climbing key", "hello", "/api/v1/objects/..%2fa.png", "storage.invalid_key"],
  ])("PUT of %s is refused", async (_what, body, to, code) => {
    const app = await testApp();
    const problem = await problemIn(await app.request(to, { method: "PUT", body }));
    expect(problem).toMatchObject({ code });
    expect(app.internalErrors).toEqual([]);
  });

  test("PUT of a picture larger than allowed is refused", async () => {
    const app = await testApp({ MAX_PIXELS: "100" });
    const body = new Uint8Array(await sharp(await cutout()).toBuffer());
    const problem = await problemIn(await app.request(path, { method: "PUT", body }));
    expect(problem.code).toBe("image.too_many_pixels");
  });
});
