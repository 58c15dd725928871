export { loadSettings, unknownVariables } from "./load-settings.ts";
export type { Environment, Settings } from "./load-settings.ts";
export { publicUrl } from "./public-url.ts";
export { renderConfigurationMarkdown } from "./render-configuration-markdown.ts";
export { renderEnvExample } from "./render-env-example.ts";
export { secretsOf } from "./secrets-of.ts";
export { settingsReference } from "./settings-reference.ts";
export type { SettingGroupReference, SettingReference } from "./settings-reference.ts";
