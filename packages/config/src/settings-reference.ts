import type { SettingGroup } from "./define-settings.ts";
import { settingGroups } from "./setting-groups.ts";

/** One setting as documentation shows it. */
export interface SettingReference {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /** What a good value is, such as "a whole number from 0 to 65535". */
  readonly values: string;
  readonly unit: string | undefined;
  readonly default: string | undefined;
  readonly example: string;
  readonly secret: boolean;
}

/** A group of settings as documentation shows it. */
export interface SettingGroupReference {
  readonly title: string;
  readonly settings: readonly SettingReference[];
}

/** Every setting as plain data, in the order of the declarations. */
export function settingsReference(): readonly SettingGroupReference[] {
  return Object.values<SettingGroup>(settingGroups).map(({ title, settings }) => ({
    title,
    settings: Object.values(settings).map((setting) => ({
      name: setting.name,
      aliases: setting.aliases ?? [],
      description: setting.description,
      values: setting.type.description ?? "",
      unit: setting.unit,
      default: setting.default,
      example: setting.example,
      secret: setting.secret ?? false,
    })),
  }));
}
