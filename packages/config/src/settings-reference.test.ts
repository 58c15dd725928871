import { parseEnv } from "node:util";

import { describe, expect, test } from "vitest";

import {
  loadSettings,
  publicUrl,
  renderConfigurationMarkdown,
  renderEnvExample,
  settingsReference,
} from "./index.ts";

const settings = settingsReference().flatMap((group) => group.settings);

describe("settingsReference", () => {
  test("gives each variable to one setting only", () => {
    const names = settings.flatMap((setting) => [setting.name, ...setting.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(settings.filter((setting) => !setting.secret))(
    "shows an example of $name that loads",
    ({ name, example }) =>
      expect(() =>
        loadSettings({ [name]: example, SIGNING_SECRET: "7b1e0c94d2f8a365" }),
      ).not.toThrow(),
  );

  test.each(settings.filter((setting) => setting.secret))(
    "shows an example of $name that is refused when it is copied as it stands",
    ({ name, example }) => expect(() => loadSettings({ [name]: example })).toThrow(name),
  );

  test.each(settings)("describes $name in sentences and says what its values are", (setting) => {
    expect(setting.description).toMatch(/^[A-Z].*\.$/);
    expect(setting.values).not.toBe("");
  });
});

describe("renderEnvExample", () => {
  test("says the same as no file at all when every default is commented in", () => {
    const environment = parseEnv(renderEnvExample().replaceAll(/^#(?=\w)/gm, ""));
    expect(Object.keys(environment).length).toBe(settings.length);
    // What has no default stands there with its example, but for secrets.
    for (const { name, example, secret } of settings.filter((one) => one.default === undefined)) {
      expect(environment[name]).toBe(secret ? "" : example);
      delete environment[name];
    }
    expect(loadSettings(environment)).toEqual(loadSettings({}));
  });

  test("sets nothing as it stands", () => {
    expect(parseEnv(renderEnvExample())).toEqual({});
  });
});

describe("renderConfigurationMarkdown", () => {
  test("has a section for every setting with its default", () => {
    const page = renderConfigurationMarkdown();
    for (const setting of settings) {
      const section = page.split(`### \`${setting.name}\`\n`)[1]?.split("\n#")[0];
      expect(section).toContain(setting.description);
      expect(section).toContain(
        `- Default: ${setting.default ? `\`${setting.default}\`` : "none"}`,
      );
    }
  });
});

describe("publicUrl", () => {
  test.each([
    [{ publicUrl: "https://a.example", host: "127.0.0.1", port: 1 }, "https://a.example"],
    [{ host: "127.0.0.1", port: 8787 }, "http://127.0.0.1:8787"],
    [{ host: "::1", port: 8787 }, "http://[::1]:8787"],
    [{ host: "0.0.0.0", port: 80 }, "http://localhost:80"],
    [{ host: "::", port: 80 }, "http://localhost:80"],
  ])("makes an address that can be visited (%#)", (server, address) => {
    expect(publicUrl(server)).toBe(address);
  });
});
