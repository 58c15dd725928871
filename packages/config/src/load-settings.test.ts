import { isTintypeError } from "@tintype/errors";
import type { TintypeError } from "@tintype/errors";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { defineSettings, variablesOf } from "./define-settings.ts";
import { loadSettings, settingsReference, unknownVariables } from "./index.ts";
import type { Settings } from "./index.ts";
import { integer } from "./setting-types.ts";

const goodSecret = "4fd8b3b1c2a9e7d04fd8b3b1c2a9e7d0";
const settings = settingsReference().flatMap((group) => group.settings);

function load(environment: Record<string, string>): Settings | TintypeError {
  try {
    return loadSettings(environment);
  } catch (error) {
    if (isTintypeError(error)) return error;
    throw error;
  }
}

function problemsOf(environment: Record<string, string>): TintypeError {
  const loaded = load(environment);
  if (isTintypeError(loaded)) return loaded;
  throw new Error("The environment was accepted.");
}

function namesIn(error: TintypeError): string[] {
  return (error.details["problems"] as { name: string }[]).map((problem) => problem.name);
}

describe("loadSettings", () => {
  test("gives the defaults for an empty environment", () => {
    expect(loadSettings({})).toMatchObject({
      server: { host: "127.0.0.1", port: 8787, publicUrl: undefined, logLevel: "info" },
      storage: { dataDir: "./data", outputPrefix: "outputs" },
      limits: { maxImageBytes: 52_428_800, maxPixels: 50_000_000, maxSide: 16_384 },
      processing: { queueLimit: 100, timeoutMs: 300_000 },
      urlFetch: { timeoutMs: 10_000, maxRedirects: 3, allowHosts: [], denyHosts: [] },
      signing: { enabled: false, secret: undefined, expiresInSeconds: 3600 },
    });
  });

  test("takes empty and blank variables for absent and trims the others", () => {
    expect(loadSettings({ PORT: "", HOST: "  ", MAX_SIDE: " 100\n" })).toMatchObject({
      server: { port: 8787, host: "127.0.0.1" },
      limits: { maxSide: 100 },
    });
  });

  test("prefers a name that starts with TINTYPE_", () => {
    expect(loadSettings({ TINTYPE_PORT: "1234", PORT: "80" }).server.port).toBe(1234);
  });

  test("lists every wrong variable by the name it was set under, with an example", () => {
    const error = problemsOf({ TINTYPE_PORT: "http", MAX_IMAGE_SIZE: "big", HOST: "::1" });
    expect(error).toMatchObject({ kind: "configuration", code: "config.invalid" });
    expect(namesIn(error)).toEqual(["TINTYPE_PORT", "MAX_IMAGE_SIZE"]);
    expect(error.message).toContain("TINTYPE_PORT must be a whole number from 0 to 65535");
    expect(error.message).toContain("MAX_IMAGE_SIZE=20MB");
  });

  test.each(["/etc", "../up", "a/../b", "a//b", "a/", "C:\\out", "."])(
    "refuses %j as the folder of outputs, which is part of a key",
    (folder) => expect(namesIn(problemsOf({ OUTPUT_DIR: folder }))).toEqual(["OUTPUT_DIR"]),
  );

  test("wants a second storage of another kind than the first", () => {
    const loaded = [
      ["s3", "local"],
      ["local", "spaces"],
      ["local", "local"],
      ["s3", "minio"],
    ].map(([STORAGE = "", STORAGE_SECONDARY = ""]) => load({ STORAGE, STORAGE_SECONDARY }));
    expect(loaded.map(isTintypeError)).toEqual([false, false, true, true]);
  });

  test("wants a secret once links are signed", () => {
    expect(namesIn(problemsOf({ SIGN_URLS: "true" }))).toEqual(["SIGNING_SECRET"]);
    expect(namesIn(problemsOf({ SIGN_URLS: "true", SIGNING_SECRET: " " }))).toEqual([
      "SIGNING_SECRET",
    ]);
    expect(loadSettings({ SIGN_URLS: "true", SIGNING_SECRET: goodSecret }).signing).toMatchObject({
      enabled: true,
      secret: goodSecret,
    });
  });

  test.each(["short", "your-secret", "changeme", "your-secret-key-goes-here"])(
    "refuses the secret %j, also while links are not signed",
    (weak) => {
      const error = problemsOf({ SIGNING_SECRET: weak });
      expect(namesIn(error)).toEqual(["SIGNING_SECRET"]);
      expect(JSON.stringify([error.message, error.details])).not.toContain(weak);
    },
  );

  test("gives settings that cannot be changed, lists included", () => {
    const loaded = loadSettings({ URL_FETCH_DENY_HOSTS: "a.example" });
    const parts = [loaded, ...Object.values(loaded), loaded.urlFetch.denyHosts];
    expect(parts.filter((part) => !Object.isFrozen(part))).toEqual([]);
  });

  test("turns any environment into settings, or into an error that names set variables only", () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(...settings.map((setting) => setting.example)),
      fc.constantFrom("true", "0", "99999999999", "5m", "50MB"),
    );
    const environments = fc.dictionary(
      fc.constantFrom(...settings.map((setting) => setting.name)),
      value,
    );
    fc.assert(
      fc.property(environments, (environment) => {
        const loaded = load(environment);
        const code = isTintypeError(loaded) ? loaded.code : "none";
        const named = isTintypeError(loaded) ? namesIn(loaded) : [];
        // These two go with another that may be set alone.
        const mayBeNamed = new Set([...Object.keys(environment), "SIGNING_SECRET", "IMG_SALTS"]);
        expect(code).toBe(named.length > 0 ? "config.invalid" : "none");
        expect(named.filter((name) => !mayBeNamed.has(name))).toEqual([]);
      }),
    );
  });

  test("never shows a value, under whatever name a secret was set", () => {
    const marked = fc.string().map((rest) => `§${rest}§`);
    fc.assert(
      fc.property(fc.constantFrom(...settings.map(({ name }) => name)), marked, (name, value) => {
        const error = problemsOf({ PORT: "§", SIGN_URLS: "§", [name]: value });
        expect(error.cause).toBeUndefined();
        expect(JSON.stringify([error.message, error.details, error.stack])).not.toContain("§");
      }),
    );
  });
});

describe("unknownVariables", () => {
  test("finds names that start with TINTYPE_ and set nothing", () => {
    const environment = { TINTYPE_PORT: "1", TINTYPE_PROT: "2", PROT: "3", PATH: "/bin" };
    expect(unknownVariables(environment)).toEqual(["TINTYPE_PROT"]);
  });
});

describe("variablesOf", () => {
  test("puts a setting's own name before its older names", () => {
    const { settings: group } = defineSettings({
      title: "Sample",
      settings: {
        count: {
          name: "COUNT",
          aliases: ["NUMBER"],
          description: "How many.",
          type: integer({ min: 0, max: 9 }),
          example: "3",
        },
      },
    });
    expect(variablesOf(group.count)).toEqual([
      "TINTYPE_COUNT",
      "COUNT",
      "TINTYPE_NUMBER",
      "NUMBER",
    ]);
  });
});
