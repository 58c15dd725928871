import { loadSettings, type Environment } from "@tintype/config";
import { describe, expect, test } from "vitest";

import { assertGuarded } from "./assert-guarded.ts";

const key = `a:read:${"0f".repeat(32)}`;

const guard = (environment: Environment) => () => assertGuarded(loadSettings(environment));

describe("an API without keys", () => {
  test.each(["127.0.0.1", "127.9.9.9", "::1", "localhost"])("may listen on %s", (HOST) => {
    expect(guard({ HOST })).not.toThrow();
  });

  test.each(["0.0.0.0", "::", "192.168.1.5", "example.com", "127.0.0.1.example.com"])(
    "does not start on %s, unless that is meant",
    (HOST) => {
      expect(guard({ HOST })).toThrow("ALLOW_ANONYMOUS");
      expect(guard({ HOST, ALLOW_ANONYMOUS: "true" })).not.toThrow();
      expect(guard({ HOST, API_KEYS: key })).not.toThrow();
      expect(guard({ HOST, INTERNAL_API_KEY: "4fd8b3b1c2a9e7d0" })).not.toThrow();
    },
  );
});
