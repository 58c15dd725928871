import type { z } from "zod";

import type { FactPicture } from "./fact-picture.ts";

/** Something that can be told of a picture as plain data: how it is called, what it says, and how it is computed. */
export interface Fact<Name extends string = string, Value extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly summary: string;
  /** What the value looks like. */
  readonly value: Value;
  readonly compute: (picture: FactPicture) => z.output<Value> | Promise<z.output<Value>>;
}

/** Declares a fact: the request's schema, the result's, the reference page and the command line read it. */
export function defineFact<const Name extends string, Value extends z.ZodType>(
  fact: Fact<Name, Value>,
): Fact<Name, Value> {
  return fact;
}
