import type { SettingGroup } from "./define-settings.ts";
import type { Settings } from "./load-settings.ts";
import { settingGroups } from "./setting-groups.ts";

/** The values of all secret settings, for a log to leave out. */
export function secretsOf(settings: Settings): readonly string[] {
  return Object.entries<SettingGroup>(settingGroups).flatMap(([name, group]) => {
    const values = settings[name as keyof Settings] as Readonly<Record<string, unknown>>;
    return Object.entries(group.settings)
      .filter(([, { secret }]) => secret === true)
      .flatMap(([key]) => values[key])
      .filter((value) => typeof value === "string");
  });
}
