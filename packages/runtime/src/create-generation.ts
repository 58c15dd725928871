import type { Settings } from "@tintype/config";
import { TintypeError } from "@tintype/errors";
import {
  createBudget,
  createSampleGenerator,
  withBudget,
  withCache,
  type ByteCache,
  type ImageGenerator,
  type UsageMeter,
} from "@tintype/generators";
import { sharp } from "@tintype/image-core";
import type { GenerationServices } from "@tintype/pipeline";
import type { Metrics } from "@tintype/telemetry";

import { connectGemini } from "./connect-gemini.ts";
import { connectOpenai } from "./connect-openai.ts";
import { countFailure, measureGenerator } from "./measure-generator.ts";
import { onceAsked } from "./once-asked.ts";

/** What the generators of a process share. */
export interface GenerationMeans {
  readonly cache: ByteCache;
  readonly meter: UsageMeter;
  readonly metrics: Metrics;
}

/**
 * The generators that settings ask for, by name: paid ones behind the budget and the cache, each loaded when first asked.
 * Throws `config.invalid` where the default one is turned off.
 */
export function createGeneration(
  settings: Settings,
  { cache, meter, metrics }: GenerationMeans,
): GenerationServices {
  const { generation, brand, engines } = settings;
  if (engines.off.includes(generation.defaultGenerator)) throw defaultIsOff(generation);
  const budget =
    generation.budget === undefined
      ? undefined
      : createBudget({ cap: generation.budget, period: generation.budgetPeriod });
  const paid = (connect: () => Promise<ImageGenerator>) => {
    const connected = onceAsked(async () => {
      const generator = await connect();
      const capped = budget ? withBudget(generator, budget) : generator;
      const kept = generation.cache ? withCache(capped, { cache, meter }) : capped;
      return measureGenerator(kept, metrics);
    });
    return async () => countFailure(connected(), metrics);
  };
  const sample = createSampleGenerator({
    rasterize: async (svg) => sharp(svg).png({ compressionLevel: 1 }).toBuffer(),
  });
  const all: GenerationServices["generators"] = {
    sample: measureGenerator(sample, metrics),
    gemini: paid(async () => connectGemini(settings, meter)),
    openai: paid(async () => connectOpenai(settings, meter)),
  };
  const isOn = ([name]: readonly [string, unknown]) =>
    !engines.off.some((engine) => engine === name);
  return {
    generators: Object.fromEntries(Object.entries(all).filter(isOn)),
    defaultGenerator: generation.defaultGenerator,
    brand: { ...brand, colors: [...brand.colors] },
  };
}

function defaultIsOff({ defaultGenerator }: Settings["generation"]): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "config.invalid",
    message: `ENGINES_OFF turns ${defaultGenerator} off, which draws where a request names nobody: set DEFAULT_GENERATOR to another one.`,
  });
}
