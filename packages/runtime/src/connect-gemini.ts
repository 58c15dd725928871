import type { Settings } from "@tintype/config";
import { notConfiguredError, type ImageGenerator, type UsageMeter } from "@tintype/generators";

import { retryPolicy } from "./retry-policy.ts";

/** The generator over Gemini, with its SDK loaded; throws `service.not_configured` without a key. */
export async function connectGemini(
  { gemini, generation }: Settings,
  meter: UsageMeter,
): Promise<ImageGenerator> {
  const { apiKey, baseUrl, model, fallbackModels, pricePerImage } = gemini;
  if (apiKey === undefined) throw notConfiguredError("gemini", "GEMINI_API_KEY");
  const [{ GoogleGenAI }, { createGeminiGenerator }] = await Promise.all([
    import("@google/genai"),
    import("@tintype/generator-gemini"),
  ]);
  return createGeminiGenerator({
    client: new GoogleGenAI({ apiKey, ...(baseUrl !== undefined && { httpOptions: { baseUrl } }) }),
    model,
    fallbackModels,
    pricePerImage,
    maxCount: generation.maxVariations,
    retry: retryPolicy(gemini),
    meter,
    settingNames: { model: "GEMINI_MODEL", key: "GEMINI_API_KEY" },
  });
}
