import { settingsReference } from "./settings-reference.ts";
import type { SettingReference } from "./settings-reference.ts";

/** A `.env.example` with every setting at its default (or its example), commented out. */
export function renderEnvExample(): string {
  const groups = settingsReference().map(
    ({ title, settings }) => `## ${title}\n\n${settings.map(renderSetting).join("\n\n")}`,
  );
  return `${groups.join("\n\n")}\n`;
}

function renderSetting(setting: SettingReference): string {
  const { name, description, values, example, secret } = setting;
  // A secret's line stays empty: whatever stood there would end up in somebody's production.
  const text = setting.default ?? (secret ? "" : example);
  // Without quotes, what follows a # would be a comment.
  const value = text.includes("#") ? `"${text}"` : text;
  return `# ${description}\n# Value: ${values}.\n#${name}=${value}`;
}
