import { TintypeError } from "@tintype/errors";

import { variablesOf } from "./define-settings.ts";
import type { Setting, SettingGroup, ValuesOf } from "./define-settings.ts";
import { settingGroups } from "./setting-groups.ts";

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting, typed, by group: `settings.server.port`. */
export type Settings = {
  readonly [Name in keyof typeof settingGroups]: ValuesOf<(typeof settingGroups)[Name]["settings"]>;
};

interface Problem {
  readonly name: string;
  /** What is wrong, worded to follow the name; never the value, which may be a secret in the wrong place. */
  readonly problem: string;
  readonly example: string;
}

/**
 * Read all settings from an environment; the result is deeply frozen. Throws `config.invalid` with every wrong
 * variable in `details.problems`, never with a value. An empty or blank variable counts as absent.
 */
export function loadSettings(environment: Environment): Settings {
  const problems: Problem[] = [];
  const groups = Object.entries<SettingGroup>(settingGroups).map(
    ([name, group]) => [name, loadGroup(group, environment, problems)] as const,
  );
  if (problems.length > 0) throw invalid(problems);
  return Object.freeze(Object.fromEntries(groups)) as Settings;
}

/** The variables of an environment that start with `TINTYPE_` and set nothing: most likely typing mistakes. */
export function unknownVariables(environment: Environment): readonly string[] {
  const known = new Set(
    Object.values<SettingGroup>(settingGroups)
      .flatMap((group) => Object.values(group.settings))
      .flatMap(variablesOf),
  );
  return Object.keys(environment).filter((name) => name.startsWith("TINTYPE_") && !known.has(name));
}

function loadGroup(group: SettingGroup, from: Environment, problems: Problem[]) {
  const { settings } = group;
  const before = problems.length;
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const { variable, text } = find(setting, from);
    const read = text === undefined ? undefined : setting.type.safeParse(text);
    values[key] = read?.data;
    if (read?.success === false) {
      problems.push(problemOf(setting, `must be ${setting.type.description}`, variable));
    }
  }
  // Rules between settings would only repeat themselves on values that are wrong already.
  const broken = problems.length === before ? (group.check?.(values) ?? {}) : {};
  for (const [key, setting] of Object.entries(settings)) {
    if (broken[key] !== undefined) problems.push(problemOf(setting, broken[key]));
  }
  return Object.freeze(values);
}

function find(setting: Setting, from: Environment) {
  const isSet = (name: string) => (from[name] ?? "").trim() !== "";
  const variable = variablesOf(setting).find(isSet);
  if (variable === undefined) return { variable, text: setting.default };
  return { variable, text: from[variable]?.trim() };
}

function problemOf(setting: Setting, problem: string, variable = setting.name): Problem {
  return { name: variable, problem, example: `${variable}=${setting.example}` };
}

function invalid(problems: readonly Problem[]): TintypeError {
  const lines = problems.map(({ name, problem, example }) => `- ${name} ${problem}; ${example}`);
  return new TintypeError({
    kind: "configuration",
    code: "config.invalid",
    message: `Correct these environment variables (an example follows each):\n${lines.join("\n")}`,
    details: { problems },
  });
}
