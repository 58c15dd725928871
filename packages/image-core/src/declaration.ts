import { z } from "zod";

/** What a step, an exporter or a preset tells about itself: code, HTTP schema, CLI and reference pages all read it. */
export interface Declaration<
  Kind extends string = string,
  Name extends string = string,
  Options extends z.ZodObject = z.ZodObject,
> {
  /** The property that names the thing in plain data: `step`, `format` or `preset`. */
  readonly kind: Kind;
  readonly name: Name;
  readonly summary: string;
  readonly examples: readonly z.input<Options>[];
  readonly options: Options;
}

/** Plain data that names a declared thing and gives its options, such as `{ step: "resize", width: 800 }`. */
export type Call<Kind extends string, Name extends string, Options> = Readonly<Record<Kind, Name>> &
  Options;

/** A declaration that can be called: `resize({ width: 800 })` makes its plain data, unchecked until it is parsed. */
export type Callable<
  Kind extends string,
  Name extends string,
  Options extends z.ZodObject,
> = Declaration<Kind, Name, Options> &
  ((
    ...options: Record<string, never> extends z.input<Options>
      ? [options?: z.input<Options>]
      : [options: z.input<Options>]
  ) => Call<Kind, Name, z.input<Options>>);

/** Turns a declaration into the function that makes its plain data; everything declared stays readable on it. */
export function declare<
  Kind extends string,
  Name extends string,
  Options extends z.ZodObject,
  Rest extends object,
>(
  declaration: Declaration<Kind, Name, Options> & Rest,
): Callable<Kind, Name, Options> & Readonly<Rest> {
  const { kind, name, options } = declaration;
  if (kind in options.shape) throw new Error(`${name}: an option must not be named "${kind}"`);
  const call = (given?: z.input<Options>) => ({ [kind]: name, ...given });
  // `name` of a function is read-only, so that properties are defined, not assigned.
  const properties = Object.entries(declaration).map(([key, value]) => [
    key,
    { value, enumerable: true },
  ]);
  return Object.defineProperties(
    call,
    Object.fromEntries(properties) as PropertyDescriptorMap,
  ) as unknown as Callable<Kind, Name, Options> & Readonly<Rest>;
}
