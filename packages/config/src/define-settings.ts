import type { SettingType } from "./setting-types.ts";

/** One setting, declared once: the loader, the reference page and the example file all read this. */
export interface Setting {
  /** The environment variable; it may also be written with `TINTYPE_` in front. */
  readonly name: string;
  /** Older names that still work; {@link name} wins. */
  readonly aliases?: readonly string[];
  /** What the setting does, as one or two sentences. */
  readonly description: string;
  readonly type: SettingType;
  /** The text that counts when the variable is absent; a setting without one may be `undefined`. */
  readonly default?: string;
  /** What a number without a unit counts. */
  readonly unit?: string;
  /** A good value; for a secret, the shell command that makes one. */
  readonly example: string;
  readonly secret?: true;
}

type Settings = Readonly<Record<string, Setting>>;

/** The values of a group's settings. */
export type ValuesOf<Group extends Settings> = {
  readonly [Key in keyof Group]: Group[Key] extends { readonly default: string }
    ? Group[Key]["type"]["_zod"]["output"]
    : Group[Key]["type"]["_zod"]["output"] | undefined;
};

/** A titled group of settings. */
export interface SettingGroup<Group extends Settings = Settings> {
  readonly title: string;
  readonly settings: Group;
  /** The rules between settings: what is wrong, worded to follow the setting's name, by setting. */
  check?(values: ValuesOf<Group>): { readonly [Key in keyof Group]?: string };
}

/** Declare a group of settings; its values are typed by the settings' types and defaults. */
export function defineSettings<const Group extends Settings>(
  group: SettingGroup<Group>,
): SettingGroup<Group> {
  return group;
}

/** Every environment variable that sets a setting, the strongest first. */
export function variablesOf({ name, aliases = [] }: Setting): readonly string[] {
  return [name, ...aliases].flatMap((variable) => [`TINTYPE_${variable}`, variable]);
}
