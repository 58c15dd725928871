import { deliveryError } from "../delivery-error.ts";
import type { Compass, Gravity } from "./processing-options.ts";

/** One option as it is written: its name, and its arguments as text. */
export interface WrittenOption {
  readonly name: string;
  readonly values: readonly string[];
}

/** `1`, `t` and `true` in any case are on; everything else is off. */
export function readSwitch(text: string): boolean {
  return /^(?:1|t|true)$/iu.test(text);
}

/** A whole number, 0 or more. */
export function readCount(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw invalid(text, "a whole number, 0 or more");
  return Number(text);
}

/** A number in a range. */
export function readNumber(text: string, min = -1e9, max = 1e9): number {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw invalid(text, rangeInWords(min, max));
  return value;
}

/** A number above 0. */
export function readFactor(text: string): number {
  const value = readNumber(text, 0);
  if (value === 0) throw invalid(text, "a number above 0");
  return value;
}

/** One of some words. */
export function readWord<const Word extends string>(text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw invalid(text, `one of ${words.join(", ")}`);
  return found;
}

/** Three or six hexadecimal digits, as a color. */
export function readColor(text: string): string {
  if (!/^(?:[\da-f]{3}|[\da-f]{6})$/iu.test(text)) throw invalid(text, "a color such as ff8800");
  return `#${text.toLowerCase()}`;
}

/** URL-safe base64 of a text. */
export function readBase64(text: string): string {
  if (!/^[\w-]*={0,2}$/u.test(text)) throw invalid(text, "a text in URL-safe base64");
  return Buffer.from(text, "base64url").toString("utf8");
}

/** The names of edges and corners. */
export const compass = [
  "no",
  "so",
  "ea",
  "we",
  "noea",
  "nowe",
  "soea",
  "sowe",
  "ce",
] as const satisfies readonly Compass[];

/** A gravity and its offsets: `soea:10:20`, `fp:0.2:0.7`, `sm`. */
export function readGravity(
  values: readonly string[],
  types: readonly Gravity["type"][] = [...compass, "fp", "sm"],
): Gravity {
  const [name = "", x = "0", y = "0", ...more] = values;
  const type = readWord(name, types);
  const fits = type === "fp" ? values.length === 3 : type !== "sm" || values.length === 1;
  if (!fits || more.length > 0) throw invalid(values.join(":"), "a gravity such as no:0:10");
  const range = type === "fp" ? ([0, 1] as const) : [];
  return { type, x: readNumber(x, ...range), y: readNumber(y, ...range) };
}

function invalid(text: string, expected: string): Error {
  return deliveryError("invalid_url", `${JSON.stringify(text.slice(0, 100))} is not ${expected}.`);
}

function rangeInWords(min: number, max: number): string {
  if (min === -1e9) return "a number";
  return max === 1e9 ? `a number from ${min} up` : `a number from ${min} to ${max}`;
}
