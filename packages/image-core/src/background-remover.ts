import { TintypeError } from "@tintype/errors";

import type { Pixels } from "./image.ts";
import type { Box } from "./options.ts";

/** What a step asks of a background remover; every `BackgroundRemover` of `@tintype/generators` fits. */
export interface MaskFinder {
  /** Finds the object: `mask` says how opaque each pixel is, `foreground` its RGB freed of the old background. */
  remove(
    picture: Pixels,
    options: {
      /** In fractions of the picture's width and height. */
      readonly box?: Box | undefined;
      readonly featherPx?: number | undefined;
      readonly alphaThreshold?: number | undefined;
      readonly keepHoles?: boolean | undefined;
      readonly largestObjectOnly?: boolean | undefined;
    },
    call: { readonly signal?: AbortSignal | undefined },
  ): Promise<{
    readonly mask: { readonly data: Uint8Array; readonly width: number; readonly height: number };
    readonly foreground?: Uint8Array;
    readonly engine: string;
    readonly report?: Readonly<Record<string, unknown>>;
  }>;
}

/** Finds the remover for an engine, such as `grabcut`; throws a `TintypeError` when there is none. */
export type FindRemover = (engine: string) => MaskFinder | Promise<MaskFinder>;

/** Stands in where no remover was given: throws `background.not_configured`. */
export function refuseToRemove(engine: string): never {
  throw new TintypeError({
    kind: "unsupported",
    code: "background.not_configured",
    message: `No background remover is set up. Install @tintype/background-opencv and pass it as \`backgroundRemover\` to use the engine ${JSON.stringify(engine)}.`,
    details: { engine },
  });
}
