import { isTintypeError, TintypeError } from "@tintype/errors";
import { parseInput, type Image } from "@tintype/image-core";
import { z } from "zod";

import { blurhash } from "./blurhash.ts";
import type { Fact } from "./define-fact.ts";
import { factPicture, type FactPicture } from "./fact-picture.ts";
import { isOpaque } from "./is-opaque.ts";
import { lqip } from "./lqip.ts";
import { dominantColor, palette } from "./palette.ts";
import { perceptualHash } from "./perceptual-hash.ts";
import { sharpness } from "./sharpness.ts";
import { thumbhash } from "./thumbhash.ts";

/** Every fact that can be asked for, in the order in which results and reference pages list them. */
export const builtInFacts = [
  blurhash,
  thumbhash,
  lqip,
  dominantColor,
  palette,
  perceptualHash,
  isOpaque,
  sharpness,
] as const;

type AnyFact = (typeof builtInFacts)[number];

/** The name of a fact. */
export type FactName = AnyFact["name"];

/** All facts of a picture, as plain data. */
export type AllFacts = {
  readonly [F in AnyFact as F["name"]]: z.output<F["value"]>;
};

/** Those facts of a picture that were asked for. */
export type Facts = Partial<AllFacts>;

/** A list of facts to tell; none by default. */
export const wantedFactsSchema = z
  .array(z.enum(builtInFacts.map(({ name }) => name) as [FactName]))
  .default([]);

/** Facts as results hold them. */
export const factsSchema = z
  .object(
    Object.fromEntries(
      builtInFacts.map(({ name, summary, value }) => [name, value.optional().describe(summary)]),
    ),
  )
  .meta({ id: "Facts" });

/**
 * Tells the wanted facts of a picture, of an animation's first frame; the same pixels give the same facts.
 *
 * @throws TintypeError `fact.invalid` for an unknown name, `image.corrupt` when the image is a source that can't be
 * decoded, `fact.failed` for any other failure.
 */
export async function facts<const Names extends readonly FactName[]>(
  image: Image,
  wanted: Names,
): Promise<Pick<AllFacts, Names[number]>> {
  const context = { what: "list of facts", code: "fact.invalid" } as const;
  const names = parseInput(wantedFactsSchema, wanted, context);
  const chosen = builtInFacts.filter(({ name }) => names.includes(name));
  if (chosen.length === 0) return {} as Pick<AllFacts, Names[number]>;
  const picture = await factPicture(image);
  const told = await Promise.all(
    chosen.map(async (fact) => [fact.name, await tell(fact, picture)] as const),
  );
  return Object.fromEntries(told) as Pick<AllFacts, Names[number]>;
}

async function tell({ name, compute }: Fact, picture: FactPicture): Promise<unknown> {
  try {
    return await compute(picture);
  } catch (cause) {
    if (isTintypeError(cause)) throw cause;
    throw new TintypeError({
      kind: "processing",
      code: "fact.failed",
      message: `The fact "${name}" could not be told of this picture.`,
      details: { fact: name },
      cause,
    });
  }
}
