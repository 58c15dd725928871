import type { Settings } from "@tintype/config";

/** The generators that have what they need to draw, the service's own choice first. */
export function usableGenerators({ generation, gemini, openai }: Settings): readonly string[] {
  const usable = [
    "sample",
    ...(gemini.apiKey === undefined ? [] : ["gemini"]),
    ...(openai.apiKey === undefined ? [] : ["openai"]),
  ];
  const own = generation.defaultGenerator;
  return usable.toSorted((a, b) => Number(b === own) - Number(a === own));
}
