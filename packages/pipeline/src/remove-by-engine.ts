import { TintypeError } from "@tintype/errors";
import type { BackgroundRemover } from "@tintype/generators";
import type { RunStepsOptions } from "@tintype/image-core";

/** Background removers by the names of their engines, as recipes write them. */
export type BackgroundRemovers = Readonly<Record<string, BackgroundRemover>>;

/** Finds a remover by its engine's name among those that a pipeline has; left out where it has none. */
export function removeByEngine(
  removers: BackgroundRemovers,
): Pick<RunStepsOptions, "backgroundRemover"> {
  const engines = Object.keys(removers);
  if (engines.length === 0) return {};
  return {
    backgroundRemover(engine) {
      const remover = Object.hasOwn(removers, engine) ? removers[engine] : undefined;
      if (remover) return remover;
      throw new TintypeError({
        kind: "invalid_input",
        code: "background.unknown_engine",
        message: `There is no engine ${JSON.stringify(engine)} for removing backgrounds. Known: ${engines.join(", ")}.`,
        details: { engine, engines },
      });
    },
  };
}
