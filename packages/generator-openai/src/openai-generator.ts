import {
  createServiceCaller,
  defaultRetryPolicy,
  generateEach,
  invalidAnswerError,
  nearestShape,
  noPictureError,
  parseGeneration,
  sniffMediaType,
  type CircuitBreaker,
  type GeneratedImage,
  type GenerationQuality,
  type GenerationSettings,
  type ImageGenerator,
  type RetryPolicy,
  type UsageMeter,
} from "@tintype/generators";
import { toFile, type OpenAI } from "openai";

import { openaiError } from "./openai-error.ts";

/** What the generator works with. */
export interface OpenaiGeneratorOptions {
  /** Of `openai`, with `maxRetries: 0`. */
  readonly client: Pick<OpenAI, "images">;
  readonly model: string;
  /** Asked in order when a model is retired or overloaded. */
  readonly fallbackModels?: readonly string[];
  /** In USD for a picture of medium quality, for the estimate of costs; 0.05 when left out. */
  readonly pricePerImage?: number;
  /** 5 when left out. */
  readonly maxCount?: number;
  readonly retry?: RetryPolicy;
  readonly breaker?: CircuitBreaker;
  readonly meter?: UsageMeter;
  /** How messages call the settings of the model and the key. */
  readonly settingNames?: { readonly model: string; readonly key: string };
}

/** The shapes that every image model of the service draws. */
const shapes = [
  { width: 1024, height: 1024, size: "1024x1024" },
  { width: 1536, height: 1024, size: "1536x1024" },
  { width: 1024, height: 1536, size: "1024x1536" },
] as const;

const costFactors: Readonly<Record<GenerationQuality, number>> = { low: 0.3, medium: 1, high: 4 };

/** Makes a generator over OpenAI's image models: one request a picture, so that one that fails takes no other with it. */
export function createOpenaiGenerator({
  client,
  model: ownModel,
  fallbackModels = [],
  pricePerImage = 0.05,
  maxCount = 5,
  retry = defaultRetryPolicy,
  breaker,
  meter,
  settingNames = { model: "the model", key: "the API key" },
}: OpenaiGeneratorOptions): ImageGenerator {
  const caller = createServiceCaller({ service: "openai", retry, breaker, meter });
  const limits = { maxCount, maxReferences: 16 };
  const priceOf = ({ quality }: GenerationSettings) => pricePerImage * costFactors[quality];

  async function generateOne(
    settings: GenerationSettings,
    signal: AbortSignal | undefined,
  ): Promise<GeneratedImage> {
    const price = priceOf(settings);
    const models = new Set([settings.model ?? ownModel, ...fallbackModels]);
    const answer = await caller.callModels([...models], (model, end) => ask(model, settings, end), {
      signal,
      usageOf: ({ tokens }) => ({ cost: price, tokens }),
    });
    return {
      ...answer,
      finishReason: "completed",
      cost: { amount: price, currency: "USD" },
      digitalSourceType:
        settings.references.length > 0
          ? "compositeWithTrainedAlgorithmicMedia"
          : "trainedAlgorithmicMedia",
      createdAt: new Date().toISOString(),
    };
  }

  async function ask(model: string, settings: GenerationSettings, signal: AbortSignal) {
    const { prompt, quality, references } = settings;
    const { size } = nearestShape(shapes, settings);
    const wanted = { model, prompt, size, quality, n: 1, stream: false } as const;
    try {
      const answer =
        references.length > 0
          ? await client.images.edit({ ...wanted, image: await filesOf(references) }, { signal })
          : await client.images.generate(wanted, { signal });
      return { ...readAnswer(answer), model };
    } catch (error) {
      signal.throwIfAborted();
      const { model: modelSetting, key: keySetting } = settingNames;
      throw openaiError(error, { model, modelSetting, keySetting });
    }
  }

  return {
    name: "openai",
    estimateCost(request) {
      const settings = parseGeneration(request, limits);
      return { amount: settings.count * priceOf(settings), currency: "USD" };
    },
    async generate(request, { signal } = {}) {
      signal?.throwIfAborted();
      const settings = parseGeneration(request, limits);
      return generateEach(settings.count, () => generateOne(settings, signal), signal);
    },
  };
}

async function filesOf(references: GenerationSettings["references"]) {
  const files = references.map(({ bytes, mediaType }, index) =>
    toFile(bytes, `picture-${String(index)}.${mediaType.split("/")[1] ?? "png"}`, {
      type: mediaType,
    }),
  );
  const [only, ...more] = await Promise.all(files);
  // One picture goes out as `image`, several as `image[]`.
  return only !== undefined && more.length === 0
    ? only
    : [only, ...more].filter((file) => file !== undefined);
}

/** Takes the picture out of an answer; throws `generator.no_picture` or `service.invalid_answer`. */
function readAnswer({ data, usage }: OpenAI.ImagesResponse) {
  const [picture] = data ?? [];
  if (!picture?.b64_json) throw noPictureError("openai", "no data");
  const bytes = new Uint8Array(Buffer.from(picture.b64_json, "base64"));
  const mediaType = sniffMediaType(bytes);
  if (mediaType === undefined) throw invalidAnswerError("openai");
  return {
    bytes,
    mediaType,
    revisedPrompt: picture.revised_prompt,
    tokens: usage && {
      input: usage.input_tokens,
      output: usage.output_tokens,
      total: usage.total_tokens,
    },
  };
}
