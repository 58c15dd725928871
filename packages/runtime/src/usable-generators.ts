import type { Settings } from "@tintype/config";

/** The generators that are on and have what they need to draw, the service's own choice first. */
export function usableGenerators(settings: Settings): readonly string[] {
  const { generation, gemini, openai, engines } = settings;
  const usable = [
    "sample" as const,
    ...(gemini.apiKey === undefined ? [] : ["gemini" as const]),
    ...(openai.apiKey === undefined ? [] : ["openai" as const]),
  ].filter((name) => !engines.off.includes(name));
  const own = generation.defaultGenerator;
  return usable.toSorted((a, b) => Number(b === own) - Number(a === own));
}
