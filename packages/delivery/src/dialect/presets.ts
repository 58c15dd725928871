import { deliveryError } from "../delivery-error.ts";
import { readOptionGroups, type OptionGroups } from "./option-groups.ts";
import type { WrittenOption } from "./read-argument.ts";

/** Named options; one named `default` is put before those of every address. */
export type Presets = ReadonlyMap<string, OptionGroups>;

const presetNames: ReadonlySet<string> = new Set(["preset", "pr"]);

/** Reads presets written as `name=option:…/option:…`; throws `delivery.invalid_preset` for one that can't be used. */
export function parsePresets(definitions: readonly string[]): Presets {
  const presets = new Map<string, OptionGroups>();
  for (const definition of definitions) {
    const [name = "", ...text] = definition.split("=");
    const segments = text
      .join("=")
      .split("/")
      .filter((segment) => segment !== "");
    const { groups, rest } = readOptionGroups(segments);
    if (name.trim() === "" || rest.length > 0 || segments.length === 0) {
      throw deliveryError(
        "invalid_preset",
        `The preset ${JSON.stringify(definition.slice(0, 60))} must be written as name=option:value/option:value.`,
      );
    }
    presets.set(name.trim(), groups);
  }
  return presets;
}

/**
 * Puts the options that presets stand for in their place. A preset of several passes begins at the pass that names it;
 * its later passes come at the start of the later ones of the address, or behind them.
 */
export function expandPresets(
  groups: OptionGroups,
  presets: Presets,
  within: readonly string[] = [],
): OptionGroups {
  const expanded: WrittenOption[][] = [];
  const at = (index: number) => (expanded[index] ??= []);
  for (const [index, group] of groups.entries()) {
    at(index);
    for (const option of group) {
      if (!presetNames.has(option.name)) {
        at(index).push(option);
        continue;
      }
      for (const name of option.values) {
        const content = expandPresets(presetOf(name, presets, within), presets, [...within, name]);
        for (const [offset, options] of content.entries()) at(index + offset).push(...options);
      }
    }
  }
  return expanded;
}

function presetOf(name: string, presets: Presets, within: readonly string[]): OptionGroups {
  const found = presets.get(name);
  if (found && !within.includes(name)) return found;
  throw deliveryError(
    found ? "invalid_preset" : "unknown_preset",
    found
      ? `The preset ${[...within, name].join(" → ")} names itself.`
      : `There is no preset ${JSON.stringify(name.slice(0, 60))}.`,
  );
}
