import type { Settings } from "@tintype/config";
import {
  chainRemovers,
  type BackgroundRemover,
  type ByteCache,
  type UsageMeter,
} from "@tintype/generators";
import type { BackgroundRemovers } from "@tintype/pipeline";

import { connectApi4ai } from "./connect-api4ai.ts";
import { onceAsked } from "./once-asked.ts";

/**
 * Every engine that removes backgrounds, by the name that recipes and the API give it. An engine's package is imported
 * when the engine is first asked: OpenCV takes 15 MB. `chain` asks API4.ai, where it has a key, and then GrabCut. What
 * settings turn off is not there.
 */
export function createBackgroundRemovers(
  settings: Settings,
  shared: { readonly cache: ByteCache; readonly meter: UsageMeter },
): BackgroundRemovers {
  const openCv = onceAsked(async () => {
    const { createOpenCvRemovers } = await import("@tintype/background-opencv");
    return createOpenCvRemovers();
  });
  const grabcut = lazy(async () => (await openCv()).grabcut);
  const api4ai = lazy(onceAsked(() => connectApi4ai(settings, shared)));
  const isOn = (engine: "opencv" | "api4ai") => !settings.engines.off.includes(engine);
  const links = {
    ...(isOn("api4ai") && settings.api4ai.apiKey !== undefined && { api4ai }),
    ...(isOn("opencv") && { grabcut }),
  };
  return {
    ...(isOn("opencv") && {
      auto: lazy(async () => (await openCv()).auto),
      grabcut,
      watershed: lazy(async () => (await openCv()).watershed),
      chroma: lazy(async () => (await openCv()).chroma),
    }),
    ...(isOn("api4ai") && { api4ai }),
    ...(Object.keys(links).length > 0 && { chain: chainRemovers(links) }),
  };
}

/** A remover that comes to be when it is first asked. */
function lazy(load: () => Promise<BackgroundRemover>): BackgroundRemover {
  return { remove: async (...call) => (await load()).remove(...call) };
}
