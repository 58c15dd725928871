import { settingsReference } from "./settings-reference.ts";
import type { SettingReference } from "./settings-reference.ts";

/** The reference page of all settings, in Markdown. */
export function renderConfigurationMarkdown(): string {
  const groups = settingsReference().map(
    ({ title, settings }) => `## ${title}\n\n${settings.map(renderSetting).join("\n\n")}`,
  );
  return `# Configuration

Every setting is an environment variable, and each may also be written with \`TINTYPE_\` in front, which wins. An empty
variable counts as absent. A wrong value stops the start with a list of what to correct.

${groups.join("\n\n")}
`;
}

function renderSetting(setting: SettingReference): string {
  const { name, aliases, description, values, unit, example, secret } = setting;
  const lines = [
    `- Value: ${values}${unit === undefined ? "" : `; a bare number counts ${unit}`}`,
    `- Default: ${setting.default ? `\`${setting.default}\`` : "none"}`,
    `- Example: \`${name}=${example}\``,
    ...(aliases.length > 0
      ? [`- Older names: ${aliases.map((old) => `\`${old}\``).join(", ")}`]
      : []),
    ...(secret ? ["- Secret: never logged or shown"] : []),
  ];
  return `### \`${name}\`\n\n${description}\n\n${lines.join("\n")}`;
}
