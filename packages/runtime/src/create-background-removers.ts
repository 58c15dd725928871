import type { BackgroundRemover } from "@tintype/generators";
import type { BackgroundRemovers } from "@tintype/pipeline";

/**
 * Every engine that removes backgrounds, by the name that recipes and the API give it. An engine's package is imported
 * when the engine is first asked: OpenCV takes 15 MB.
 */
export function createBackgroundRemovers(): BackgroundRemovers {
  const openCv = onceAsked(async () => {
    const { createOpenCvRemovers } = await import("@tintype/background-opencv");
    return createOpenCvRemovers();
  });
  return {
    auto: lazy(async () => (await openCv()).auto),
    grabcut: lazy(async () => (await openCv()).grabcut),
    watershed: lazy(async () => (await openCv()).watershed),
    chroma: lazy(async () => (await openCv()).chroma),
  };
}

/** A remover that comes to be when it is first asked. */
function lazy(load: () => Promise<BackgroundRemover>): BackgroundRemover {
  return { remove: async (...call) => (await load()).remove(...call) };
}

function onceAsked<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
