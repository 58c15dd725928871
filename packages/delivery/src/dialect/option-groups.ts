import { deliveryError } from "../delivery-error.ts";
import type { WrittenOption } from "./read-argument.ts";

/** Options by pass: several where an address chains them with a hyphen. */
export type OptionGroups = readonly (readonly WrittenOption[])[];

/** Reads segments up to the first that is no option, and gives what is left of them. */
export function readOptionGroups(segments: readonly string[]): {
  readonly groups: OptionGroups;
  readonly rest: readonly string[];
} {
  const end = segments.findIndex((segment) => segment !== "-" && !segment.includes(":"));
  const options = end === -1 ? segments : segments.slice(0, end);
  const groups: WrittenOption[][] = [[]];
  for (const segment of options) {
    if (segment === "-") groups.push([]);
    else groups.at(-1)?.push(readOption(segment));
  }
  return { groups, rest: end === -1 ? [] : segments.slice(end) };
}

function readOption(segment: string): WrittenOption {
  const [name = "", ...values] = segment.split(":").map(decoded);
  return { name, values };
}

/** Undoes percent encoding. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw deliveryError("invalid_url", "The address holds a percent sign that encodes nothing.");
  }
}
