import { GoogleGenAI } from "@google/genai";
import { generatorContract } from "@tintype/generators/testing";
import { describe, expect, test } from "vitest";

import {
  answerWith,
  jpeg,
  picture,
  refusal,
  testGemini,
  type GeminiBody,
} from "./testing/test-gemini.ts";

const request = { prompt: "a red car", width: 1920, height: 1080 };

generatorContract("gemini", {
  async create() {
    const { generator } = await testGemini(async ({ body }) => {
      const { generationConfig } = JSON.parse(body.toString()) as GeminiBody;
      return answerWith([picture(await jpeg(generationConfig.seed))]);
    });
    return generator;
  },
});

describe("a picture", () => {
  test("that came as JPEG where PNG was said is a JPEG, with its model, tokens and cost", async () => {
    const bytes = await jpeg();
    const { generator, requests, meter } = await testGemini(() => answerWith([picture(bytes)]));
    const { images } = await generator.generate(request);
    expect(images).toEqual([
      {
        bytes: new Uint8Array(bytes),
        mediaType: "image/jpeg",
        model: "gemini-nano-banana-2.1",
        finishReason: "STOP",
        tokens: { input: 12, output: 1290, total: 1302 },
        cost: { amount: 0.06, currency: "USD" },
        digitalSourceType: "trainedAlgorithmicMedia",
        createdAt: expect.stringMatching(/^20\d\d-.*Z$/u) as string,
        seed: undefined,
      },
    ]);
    expect(requests).toHaveLength(1);
    expect(meter.read()["gemini"]).toMatchObject({ requests: 1, failures: 0, cost: 0.06 });
  });

  test("is found between text, and after a draft", async () => {
    const [draft, final] = [await jpeg(1), await jpeg(2)];
    const { generator, requests } = await testGemini(() =>
      answerWith([
        { text: "Let me draw it." },
        { ...picture(draft), thought: true },
        { text: "Here:" },
        picture(final),
        { text: "Enjoy." },
      ]),
    );
    const { images } = await generator.generate(request);
    expect(Buffer.from(images[0]?.bytes ?? []).equals(final)).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test("is asked for in the nearest shape, with key, seed and references where they belong", async () => {
    const { generator, requests, bodies } = await testGemini(async () =>
      answerWith([picture(await jpeg())]),
    );
    const reference = { bytes: await jpeg(5), mediaType: "image/jpeg" };
    const { images } = await generator.generate({ ...request, seed: 7, references: [reference] });
    expect(images[0]?.digitalSourceType).toBe("compositeWithTrainedAlgorithmicMedia");
    expect(requests[0]?.headers["x-goog-api-key"]).toBe("key-of-the-test");
    expect(requests[0]?.url.pathname).toMatch(
      /^\/v1[a-z\d]*\/models\/gemini-nano-banana-2\.1:generateContent$/u,
    );
    expect(bodies()).toMatchObject([
      {
        contents: [
          { parts: [picture(Buffer.from(reference.bytes), "image/jpeg"), { text: "a red car" }] },
        ],
        generationConfig: {
          responseModalities: ["IMAGE"],
          imageConfig: { aspectRatio: "16:9", imageSize: "2K" },
          seed: 7,
        },
      },
    ]);
  });

  test.each([
    ["low", 3000, 3000, { aspectRatio: "1:1", imageSize: "1K" }],
    ["medium", 1024, 1024, { aspectRatio: "1:1", imageSize: "1K" }],
    ["medium", 3000, 3000, { aspectRatio: "1:1", imageSize: "2K" }],
    ["high", 3000, 3000, { aspectRatio: "1:1", imageSize: "4K" }],
    ["medium", 768, 1024, { aspectRatio: "3:4", imageSize: "1K" }],
    ["medium", 100, 1000, { aspectRatio: "9:16", imageSize: "1K" }],
  ] as const)(
    "of quality %s and %i × %i px is asked for as %j",
    async (quality, width, height, config) => {
      const { generator, bodies } = await testGemini(async () =>
        answerWith([picture(await jpeg())]),
      );
      await generator.generate({ prompt: "x", quality, width, height });
      expect(bodies()[0]?.generationConfig.imageConfig).toEqual(config);
    },
  );
});

describe("several pictures", () => {
  test("are as many requests, and those that succeed are not lost to those that don't", async () => {
    const { generator, requests } = await testGemini(async (_request, index) =>
      index === 1
        ? answerWith([], { finishReason: "IMAGE_SAFETY" })
        : answerWith([picture(await jpeg())]),
    );
    const { images, failures } = await generator.generate({ ...request, count: 3 });
    expect(images).toHaveLength(2);
    expect(failures.map(({ code }) => code)).toEqual(["generator.blocked"]);
    expect(requests).toHaveLength(3);
  });

  test("are at most as many as allowed, and so are references: no request is made", async () => {
    const { generator, requests } = await testGemini(() => answerWith([]), { maxCount: 2 });
    const reference = { bytes: await jpeg(), mediaType: "image/jpeg" };
    for (const fault of [{ count: 3 }, { references: Array.from({ length: 15 }, () => reference) }])
      await expect(generator.generate({ ...request, ...fault })).rejects.toMatchObject({
        code: "generator.invalid_input",
      });
    expect(requests).toHaveLength(0);
  });
});

describe("a refusal", () => {
  test.each([
    [
      "a blocked prompt",
      { body: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } } },
      "PROHIBITED_CONTENT",
    ],
    ["a blocked picture", answerWith([], { finishReason: "IMAGE_SAFETY" }), "IMAGE_SAFETY"],
    [
      "a blocked picture without content",
      { body: { candidates: [{ finishReason: "SPII" }] } },
      "SPII",
    ],
  ])("of %s says its reason after one request", async (_what, answer, reason) => {
    const { generator, requests, waits } = await testGemini(() => answer, {
      fallbackModels: ["gemini-3-pro-image"],
    });
    await expect(generator.generate(request)).rejects.toMatchObject({
      kind: "forbidden",
      code: "generator.blocked",
      details: { reason },
      retryable: false,
    });
    expect([requests.length, waits]).toEqual([1, []]);
  });

  test.each([
    ["only text", answerWith([{ text: "I would rather talk." }]), "generator.no_picture"],
    ["no image", answerWith([], { finishReason: "NO_IMAGE" }), "generator.no_picture"],
    ["no candidates", { body: {} }, "generator.no_picture"],
    [
      "a picture that is none",
      answerWith([picture(Buffer.from("hello"))]),
      "service.invalid_answer",
    ],
    ["garbage", { body: "<html>welcome to the hotel</html>" }, "service.invalid_answer"],
  ])("an answer with %s is %s, after one request", async (_what, answer, code) => {
    const { generator, requests } = await testGemini(() => answer);
    await expect(generator.generate(request)).rejects.toMatchObject({ kind: "upstream", code });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ["401", refusal(401, "UNAUTHENTICATED")],
    ["403", refusal(403, "PERMISSION_DENIED")],
    [
      "400 with its reason",
      refusal(400, "INVALID_ARGUMENT", [
        { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" },
      ]),
    ],
  ])(
    "of the key by %s names the setting, and not the key, after one request",
    async (_what, answer) => {
      const { generator, requests } = await testGemini(() => answer);
      const failure = await generator.generate(request).catch((error: unknown) => error);
      expect(failure).toMatchObject({ kind: "configuration", code: "service.key_refused" });
      expect(String(failure)).toContain("GEMINI_API_KEY");
      expect(JSON.stringify([failure, String(failure)])).not.toContain("key-of-the-test");
      expect(requests).toHaveLength(1);
    },
  );

  test("of a request as it is comes after one request", async () => {
    const { generator, requests } = await testGemini(() => refusal(400, "INVALID_ARGUMENT"));
    await expect(generator.generate(request)).rejects.toMatchObject({
      kind: "invalid_input",
      code: "service.refused_request",
    });
    expect(requests).toHaveLength(1);
  });
});

describe("what may pass", () => {
  test("429 with RetryInfo is tried again when it says", async () => {
    const info = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "7.5s" };
    const { generator, requests, waits } = await testGemini(async (_request, index) =>
      index === 0
        ? refusal(429, "RESOURCE_EXHAUSTED", [info])
        : answerWith([picture(await jpeg())]),
    );
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect([requests.length, waits]).toEqual([2, [7500]]);
  });

  test("429 with a Retry-After header is tried again when it says", async () => {
    const { generator, requests, waits } = await testGemini(async (_request, index) =>
      index === 0
        ? { ...refusal(429, "RESOURCE_EXHAUSTED"), headers: { "retry-after": "9" } }
        : answerWith([picture(await jpeg())]),
    );
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect([requests.length, waits]).toEqual([2, [9000]]);
  });

  test("503 twice and then a picture is a picture, after three requests", async () => {
    const { generator, requests, waits, meter } = await testGemini(async (_request, index) =>
      index < 2 ? refusal(503, "UNAVAILABLE") : answerWith([picture(await jpeg())]),
    );
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect([requests.length, waits.length]).toEqual([3, 2]);
    expect(meter.read()["gemini"]).toMatchObject({ requests: 3, failures: 2 });
  });

  test("503 for ever ends after the first try and three more", async () => {
    const { generator, requests } = await testGemini(() => refusal(503, "UNAVAILABLE"));
    await expect(generator.generate(request)).rejects.toMatchObject({
      kind: "unavailable",
      code: "service.overloaded",
      retryable: true,
    });
    expect(requests).toHaveLength(4);
  });

  test("a connection that is cut is tried again", async () => {
    const { generator, requests } = await testGemini(async (_request, index) => {
      const answer = answerWith([picture(await jpeg())]);
      return index === 0 ? { ...answer, cut: true } : answer;
    });
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect(requests).toHaveLength(2);
  });

  test("a service that is not there is unreachable", async () => {
    const client = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: "http://127.0.0.1:9" } });
    const { generator, waits } = await testGemini(() => answerWith([]), { client });
    await expect(generator.generate(request)).rejects.toMatchObject({
      kind: "upstream",
      code: "service.unreachable",
    });
    expect(waits).toHaveLength(3);
  });
});

describe("a model that is retired", () => {
  test("is named with its setting, after one request", async () => {
    const { generator, requests } = await testGemini(() => refusal(404, "NOT_FOUND"));
    await expect(generator.generate(request)).rejects.toMatchObject({
      kind: "configuration",
      code: "generator.unknown_model",
      message: expect.stringMatching(/gemini-nano-banana-2\.1.*GEMINI_MODEL/u) as string,
    });
    expect(requests).toHaveLength(1);
  });

  test("is replaced by the next one, and the picture says by which", async () => {
    const { generator, requests } = await testGemini(
      async ({ url }) => {
        if (!url.pathname.includes("gemini-3-pro-image")) return refusal(404, "NOT_FOUND");
        const { candidates } = answerWith([picture(await jpeg())]).body as { candidates: object[] };
        return { body: { candidates } };
      },
      { fallbackModels: ["gemini-2.5-flash-image", "gemini-3-pro-image"] },
    );
    const { images } = await generator.generate(request);
    expect(images[0]?.model).toBe("gemini-3-pro-image");
    expect(requests).toHaveLength(3);
  });
});

test("an abort while the service thinks ends the request, with its own reason", async () => {
  const end = new AbortController();
  const reason = new Error("the client left");
  const { generator, requests } = await testGemini(async () => {
    end.abort(reason);
    return new Promise(() => {});
  });
  await expect(generator.generate(request, { signal: end.signal })).rejects.toBe(reason);
  expect(requests).toHaveLength(1);
});
