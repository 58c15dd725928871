import type { Settings } from "@tintype/config";
import { notConfiguredError, type ImageGenerator, type UsageMeter } from "@tintype/generators";

import { retryPolicy } from "./retry-policy.ts";

/** The generator over OpenAI, with its SDK loaded; throws `service.not_configured` without a key. */
export async function connectOpenai(
  { openai, generation }: Settings,
  meter: UsageMeter,
): Promise<ImageGenerator> {
  const { apiKey, baseUrl, model, fallbackModels, pricePerImage } = openai;
  if (apiKey === undefined) throw notConfiguredError("openai", "OPENAI_API_KEY");
  const [{ OpenAI }, { createOpenaiGenerator }] = await Promise.all([
    import("openai"),
    import("@tintype/generator-openai"),
  ]);
  return createOpenaiGenerator({
    client: new OpenAI({
      apiKey,
      maxRetries: 0,
      ...(baseUrl !== undefined && { baseURL: baseUrl }),
    }),
    model,
    fallbackModels,
    pricePerImage,
    maxCount: generation.maxVariations,
    retry: retryPolicy(openai),
    meter,
    settingNames: { model: "OPENAI_MODEL", key: "OPENAI_API_KEY" },
  });
}
