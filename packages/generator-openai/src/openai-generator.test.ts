import { generatorContract, type ReceivedRequest } from "@tintype/generators/testing";
import { describe, expect, test } from "vitest";

import { answerWith, pictureBytes, refusal, testOpenai } from "./testing/test-openai.ts";

const request = { prompt: "a red car", width: 1920, height: 1080 };

generatorContract("openai", {
  async create() {
    return (await testOpenai(async () => answerWith(await pictureBytes()))).generator;
  },
  cannot: {
    "gives the same picture for the same seed, and another for another": "the service has no seeds",
    "gives each of several pictures a seed of its own": "the service has no seeds",
  },
});

/** A form's parts, by name, in order. */
async function partsOf(received: ReceivedRequest | undefined) {
  const form = await new Response(new Uint8Array(received?.body ?? []), {
    headers: { "content-type": received?.headers["content-type"] ?? "" },
  }).formData();
  return [...form].map(([name, value]) =>
    value instanceof File ? [name, value.type, value.size] : [name, value],
  );
}

describe("a picture", () => {
  test("is asked for by one JSON request, and comes with all that the service says", async () => {
    const bytes = await pictureBytes();
    const { generator, requests, meter } = await testOpenai(() => answerWith(bytes));
    const { images } = await generator.generate(request);
    expect(images).toEqual([
      {
        bytes: new Uint8Array(bytes),
        mediaType: "image/png",
        model: "gpt-image-2.5-flare",
        finishReason: "completed",
        revisedPrompt: "A red car, seen from the left.",
        tokens: { input: 11, output: 1568, total: 1579 },
        cost: { amount: 0.05, currency: "USD" },
        digitalSourceType: "trainedAlgorithmicMedia",
        createdAt: expect.stringMatching(/^20\d\d-/u) as string,
      },
    ]);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      url: { pathname: "/v1/images/generations" },
      headers: { authorization: "Bearer key-of-the-test" },
    });
    expect(JSON.parse(requests[0]?.body.toString() ?? "")).toEqual({
      model: "gpt-image-2.5-flare",
      prompt: "a red car",
      size: "1536x1024",
      quality: "medium",
      n: 1,
      stream: false,
    });
    expect(meter.read()["openai"]).toMatchObject({ requests: 1, cost: 0.05 });
  });

  test("that came as JPEG where PNG was said is a JPEG", async () => {
    const bytes = await pictureBytes("jpeg");
    const { generator, requests } = await testOpenai(() => answerWith(bytes));
    expect((await generator.generate(request)).images[0]?.mediaType).toBe("image/jpeg");
    expect(requests).toHaveLength(1);
  });

  test.each([1, 2])("made from %i others is asked for by one form", async (count) => {
    const { generator, requests } = await testOpenai(async () => answerWith(await pictureBytes()));
    const bytes = await pictureBytes("jpeg");
    const references = Array.from({ length: count }, () => ({ bytes, mediaType: "image/jpeg" }));
    const { images } = await generator.generate({ ...request, references });
    expect(images[0]?.digitalSourceType).toBe("compositeWithTrainedAlgorithmicMedia");
    expect(requests.map(({ url }) => url.pathname)).toEqual(["/v1/images/edits"]);
    const parts = await partsOf(requests[0]);
    const name = count === 1 ? "image" : "image[]";
    expect(parts).toContainEqual(["prompt", "a red car"]);
    expect(parts.filter(([part]) => part === name)).toEqual(
      references.map(() => [name, "image/jpeg", bytes.length]),
    );
  });
});

test("of several pictures those that succeed are not lost to those that don't", async () => {
  const { generator, requests } = await testOpenai(async (_request, index) =>
    index === 0 ? refusal(400, "moderation_blocked") : answerWith(await pictureBytes()),
  );
  const { images, failures } = await generator.generate({ ...request, count: 3 });
  expect(images).toHaveLength(2);
  expect(failures.map(({ code }) => code)).toEqual(["generator.blocked"]);
  expect(requests).toHaveLength(3);
});

describe("after one request", () => {
  test.each([
    [refusal(400, "moderation_blocked"), "forbidden", "generator.blocked"],
    [refusal(400, "invalid_value"), "invalid_input", "service.refused_request"],
    [refusal(401, "invalid_api_key"), "configuration", "service.key_refused"],
    [refusal(403, null), "configuration", "service.key_refused"],
    [refusal(404, "model_not_found"), "configuration", "generator.unknown_model"],
    [refusal(422, null), "invalid_input", "service.refused_request"],
    [{ body: { created: 1, data: [] } }, "upstream", "generator.no_picture"],
    [answerWith(Buffer.from("hello")), "upstream", "service.invalid_answer"],
    [
      { body: "{ gar", headers: { "content-type": "application/json" } },
      "upstream",
      "service.invalid_answer",
    ],
    [{ body: "<html>hello</html>" }, "upstream", "generator.no_picture"],
  ])("the answer %j is an error of kind %s, %s", async (answer, kind, code) => {
    const { generator, requests, waits } = await testOpenai(() => answer);
    const failure = await generator.generate(request).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind, code, retryable: false });
    expect(JSON.stringify([failure, String(failure)])).not.toContain("key-of-the-test");
    expect([requests.length, waits]).toEqual([1, []]);
  });
});

describe("what may pass", () => {
  test("429 is tried again when it says", async () => {
    const { generator, requests, waits } = await testOpenai(async (_request, index) =>
      index === 0
        ? refusal(429, "rate_limit_exceeded", { "retry-after": "7" })
        : answerWith(await pictureBytes()),
    );
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect([requests.length, waits]).toEqual([2, [7000]]);
  });

  test("503 twice and then a picture is a picture, after three requests", async () => {
    const { generator, requests } = await testOpenai(async (_request, index) =>
      index < 2 ? refusal(503, null) : answerWith(await pictureBytes()),
    );
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect(requests).toHaveLength(3);
  });

  test("a connection that is cut is tried again", async () => {
    const { generator, requests } = await testOpenai(async (_request, index) => {
      const answer = answerWith(await pictureBytes());
      return index === 0 ? { ...answer, cut: true } : answer;
    });
    expect((await generator.generate(request)).images).toHaveLength(1);
    expect(requests).toHaveLength(2);
  });

  test("a model that is retired is replaced by the next one", async () => {
    const { generator, requests } = await testOpenai(
      async ({ body }) =>
        body.includes("gpt-image-2.5-flare")
          ? refusal(404, "model_not_found")
          : answerWith(await pictureBytes()),
      { fallbackModels: ["gpt-image-2"] },
    );
    expect((await generator.generate(request)).images[0]?.model).toBe("gpt-image-2");
    expect(requests).toHaveLength(2);
  });
});

test("an abort while the service thinks ends the request, with its own reason", async () => {
  const end = new AbortController();
  const reason = new Error("the client left");
  const { generator, requests } = await testOpenai(async () => {
    end.abort(reason);
    return new Promise(() => {});
  });
  await expect(generator.generate(request, { signal: end.signal })).rejects.toBe(reason);
  expect(requests).toHaveLength(1);
});
