import type { GoogleGenAI } from "@google/genai";
import {
  createServiceCaller,
  defaultRetryPolicy,
  generateEach,
  nearestShape,
  parseGeneration,
  seedOf,
  type CircuitBreaker,
  type GeneratedImage,
  type GenerationRequest,
  type GenerationSettings,
  type ImageGenerator,
  type RetryPolicy,
  type UsageMeter,
} from "@tintype/generators";

import { geminiError } from "./gemini-error.ts";
import { geminiShapes } from "./gemini-shapes.ts";
import { readGeminiAnswer } from "./read-gemini-answer.ts";

/** What the generator works with. */
export interface GeminiGeneratorOptions {
  /** Of `@google/genai`, with its own retries left off. */
  readonly client: Pick<GoogleGenAI, "models">;
  readonly model: string;
  /** Asked in order when a model is retired or overloaded. */
  readonly fallbackModels?: readonly string[];
  /** In USD for a 1K picture, for the estimate of costs; 0.04 when left out. */
  readonly pricePerImage?: number;
  /** 5 when left out. */
  readonly maxCount?: number;
  readonly retry?: RetryPolicy;
  readonly breaker?: CircuitBreaker;
  readonly meter?: UsageMeter;
  /** How messages call the settings of the model and the key. */
  readonly settingNames?: { readonly model: string; readonly key: string };
}

/** Makes a generator over Gemini's image models: one request a picture, JPEG most often, never transparent. */
export function createGeminiGenerator({
  client,
  model: ownModel,
  fallbackModels = [],
  pricePerImage = 0.04,
  maxCount = 5,
  retry = defaultRetryPolicy,
  breaker,
  meter,
  settingNames = { model: "the model", key: "the API key" },
}: GeminiGeneratorOptions): ImageGenerator {
  const caller = createServiceCaller({ service: "gemini", retry, breaker, meter });
  const limits = { maxCount, maxReferences: 14 };
  const priceOf = (settings: GenerationSettings) =>
    pricePerImage * nearestShape(geminiShapes(settings.quality), settings).costFactor;

  async function generateOne(
    settings: GenerationSettings,
    index: number,
    signal: AbortSignal | undefined,
  ): Promise<GeneratedImage> {
    const seed = settings.seed === undefined ? undefined : seedOf(settings.seed, index);
    const price = priceOf(settings);
    const models = new Set([settings.model ?? ownModel, ...fallbackModels]);
    const answer = await caller.callModels(
      [...models],
      (model, end) => ask(model, settings, seed, end),
      { signal, usageOf: ({ tokens }) => ({ cost: price, tokens }) },
    );
    return {
      ...answer,
      seed,
      cost: { amount: price, currency: "USD" },
      digitalSourceType:
        settings.references.length > 0
          ? "compositeWithTrainedAlgorithmicMedia"
          : "trainedAlgorithmicMedia",
      createdAt: new Date().toISOString(),
    };
  }

  async function ask(
    model: string,
    settings: GenerationSettings,
    seed: number | undefined,
    signal: AbortSignal,
  ) {
    const { prompt, references, quality } = settings;
    const { aspectRatio, imageSize } = nearestShape(geminiShapes(quality), settings);
    const pictures = references.map(({ bytes, mediaType }) => ({
      inlineData: { mimeType: mediaType, data: Buffer.from(bytes).toString("base64") },
    }));
    let retryAfter: string | undefined;
    try {
      const answer = await client.models.generateContent({
        model,
        contents: [{ role: "user", parts: [...pictures, { text: prompt }] }],
        config: {
          responseModalities: ["IMAGE"],
          imageConfig: { aspectRatio, imageSize },
          ...(seed !== undefined && { seed }),
          abortSignal: signal,
          httpOptions: {
            async fetch(input, init) {
              const response = await fetch(input as string, init);
              retryAfter = response.headers.get("retry-after") ?? undefined;
              return response;
            },
          },
        },
      });
      const read = readGeminiAnswer(answer);
      return { ...read, model: read.model ?? model };
    } catch (error) {
      signal.throwIfAborted();
      const { model: modelSetting, key: keySetting } = settingNames;
      throw geminiError(error, { model, modelSetting, keySetting, retryAfter });
    }
  }

  return {
    name: "gemini",
    estimateCost(request: GenerationRequest) {
      const settings = parseGeneration(request, limits);
      return { amount: settings.count * priceOf(settings), currency: "USD" };
    },
    async generate(request, { signal } = {}) {
      signal?.throwIfAborted();
      const settings = parseGeneration(request, limits);
      return generateEach(settings.count, (index) => generateOne(settings, index, signal), signal);
    },
  };
}
