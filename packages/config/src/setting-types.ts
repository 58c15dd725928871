import { availableParallelism } from "node:os";

import { z } from "zod";

/** How one setting is written: reads its text, and says in `description` what a good text is ("must be …"). */
export type SettingType = z.ZodType<unknown, string>;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A count, written in digits; `_` may group them. */
export function integer({ min, max }: Range): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d+(?:_\d+)*$/)
    .transform((written) => Number(written.replaceAll("_", "")))
    .pipe(z.int().min(min).max(max))
    .describe(`a whole number from ${min} to ${max}`);
}

/** An amount, such as of money, in digits with a point. */
export function decimal({ min, max }: Range): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d+(?:\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .describe(`a number from ${min} to ${max}, such as \`2.5\``);
}

/** How many things run at once: a count, or `auto` for one on each processor core, and one more where `hasSpare`. */
export function concurrency(max: number, { hasSpare = false } = {}): z.ZodType<number, string> {
  const auto = () => availableParallelism() + (hasSpare ? 1 : 0);
  const meaning = `one for each processor core${hasSpare ? ", and one more" : ""}`;
  return z
    .union([z.literal("auto").transform(auto), integer({ min: 1, max })])
    .describe(`\`auto\` (${meaning}) or a whole number from 1 to ${max}`);
}

const bytesIn = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 } as const;

/** A size in bytes; `KB`, `MB` and `GB` (and `KiB` …) are powers of 1024, as memory and upload limits are. */
export function bytes({ min, max }: Range): z.ZodType<number, string> {
  return z
    .string()
    .transform((written) => quantity(written, /^(\d+(?:\.\d+)?)\s*(?:([kmg])i?b?|b)?$/i, bytesIn))
    .pipe(z.int().min(min).max(max))
    .describe(`a size from ${min} to ${max} bytes, such as \`50MB\` or \`52428800\``);
}

const millisecondsIn = { ms: 1, "": 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time, read into milliseconds; a bare number is seconds. */
export function milliseconds({ min, max }: Range): z.ZodType<number, string> {
  return z
    .string()
    .transform((written) => quantity(written, /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)$/i, millisecondsIn))
    .pipe(z.int().min(min).max(max))
    .describe(
      `a duration from ${min / 1000} to ${max / 1000} seconds, such as \`300\`, \`300s\` or \`5m\``,
    );
}

/** A length of time, read into whole seconds; a bare number is seconds. */
export function seconds({ min, max }: Range): z.ZodType<number, string> {
  const time = milliseconds({ min: min * 1000, max: max * 1000 });
  return time
    .transform((ms) => ms / 1000)
    .pipe(z.int())
    .describe(time.description ?? "");
}

/** A switch. */
export function flag(): z.ZodType<boolean, string> {
  return z
    .stringbool({ truthy: ["true", "1", "yes", "on"], falsy: ["false", "0", "no", "off"] })
    .describe("`true` or `false`");
}

/** One of a few words. */
export function oneOf<const Word extends string>(
  words: readonly [Word, ...Word[]],
): z.ZodType<Word, string> {
  return z
    .string()
    .transform((written) => written.toLowerCase())
    .pipe(z.enum(words))
    .describe(`one of ${words.map((word) => `\`${word}\``).join(", ")}`);
}

/** What stands between commas, each read as an item; nothing between two of them counts as no item. */
export function separated<Item>(item: z.ZodType<Item, string>) {
  return z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .transform((list) => list.filter((one) => one !== ""))
    .pipe(z.array(item))
    .readonly();
}

/** Any of a few words, with commas between them. */
export function manyOf<const Word extends string>(
  words: readonly [Word, ...Word[]],
): z.ZodType<readonly Word[], string> {
  return separated(z.string().toLowerCase().pipe(z.enum(words))).describe(
    `any of ${words.map((word) => `\`${word}\``).join(", ")}, with commas between them`,
  );
}

/** Free text that `pattern`, put in words by `description`, accepts. */
export function text(pattern: RegExp, description: string): z.ZodType<string, string> {
  return z.string().regex(pattern).describe(description);
}

/** A web address without a query, given back without a slash at its end. */
export function webAddress(): z.ZodType<string, string> {
  return z
    .url({ protocol: /^https?$/ })
    .regex(/^[^?#@]+$/)
    .transform((address) => address.replace(/\/+$/, ""))
    .describe("an http or https address without a query or a password");
}

/** Texts with commas between them, each of which `pattern`, put in words by `description`, accepts. */
export function listOf(pattern: RegExp, description: string): z.ZodType<readonly string[], string> {
  return separated(z.string().regex(pattern)).describe(description);
}

/** Host names with commas between them; `*.` in front means every subdomain. */
export function hosts(): z.ZodType<readonly string[], string> {
  return separated(
    z
      .string()
      .toLowerCase()
      .regex(/^(?:\*\.)?[^\s/:@*]+$/),
  ).describe("host names with commas between them, such as `images.example.com,*.example.org`");
}

/** Short names, such as those of buckets, with commas between them. */
export function names(): z.ZodType<readonly string[], string> {
  return listOf(/^[\w.-]+$/, "names with commas between them, such as `originals,archive`");
}

/** Origins of web pages with commas between them; `*` stands for all. */
export function origins(): z.ZodType<readonly string[], string> {
  return separated(
    z.string().refine((origin) => origin === "*" || URL.parse(origin)?.origin === origin),
  ).describe("origins with commas between them, such as `https://shop.example.com`, or `*`");
}

/** Up to eight colors in hex with commas between them. */
export function colors(): z.ZodType<readonly string[], string> {
  return separated(z.string().regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/i))
    .refine((list) => list.length <= 8)
    .describe("colors with commas between them, such as `#ffd700,#333333`");
}

/** When something is done again and again, or never. */
export function schedule(): z.ZodType<string, string> {
  return text(/^(?:off|\S+(?:\s+\S+){4,5})$/, "five fields of cron, or `off`");
}

// What guides and generators leave in env files, and `$(…)`, which only a shell replaces.
const placeholder =
  /change.?(?:me|this)|replace.?(?:me|this|with)|your[-_ ]|placeholder|example|^[<$]/i;

/** A secret worth signing with: long, not made of a few characters, and not copied from a guide. */
export function secret(minLength: number): z.ZodType<string, string> {
  return z
    .string()
    .min(minLength)
    .refine((value) => !placeholder.test(value) && new Set(value).size > 4)
    .describe(`a random text of at least ${minLength} characters, not a placeholder`);
}

/** A secret that another service gave out, so that its strength is not ours to judge. */
export function givenSecret(): z.ZodType<string, string> {
  return z
    .string()
    .refine((value) => !placeholder.test(value))
    .describe("the secret as it was given out, not a placeholder");
}

/** Several secrets with commas between them, each as good as {@link secret} asks. */
export function secrets(minLength: number): z.ZodType<readonly string[], string> {
  return separated(secret(minLength)).describe(
    `random texts of at least ${minLength} characters with commas between them`,
  );
}

/** `12 MB` by the units in a table; NaN, which every range refuses, when it is not written so. */
function quantity(written: string, form: RegExp, units: Readonly<Record<string, number>>): number {
  const [, amount, unit = ""] = form.exec(written) ?? [];
  return Math.round(Number(amount) * (units[unit.toLowerCase()] ?? Number.NaN));
}
