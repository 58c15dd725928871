import { describe, expect, test } from "vitest";

import { apiKeys } from "./api-keys.ts";

const hash = "0F".repeat(32);

describe("API keys", () => {
  test("are read with their names, scopes and hashes", () => {
    expect(apiKeys().parse(`shop:read+process:${hash}, boss:admin:${hash},`)).toEqual([
      { name: "shop", scopes: ["read", "process"], sha256: hash.toLowerCase() },
      { name: "boss", scopes: ["admin"], sha256: hash.toLowerCase() },
    ]);
    expect(apiKeys().parse("")).toEqual([]);
  });

  test.each([
    "shop",
    `shop:${hash}`,
    `shop:write:${hash}`,
    `shop:read+:${hash}`,
    `shop:read:${hash.slice(1)}`,
    `sh op:read:${hash}`,
    `a:read:${hash},a:admin:${hash}`,
    "shop:read:a-key-that-was-not-hashed",
  ])("are refused when written as %s", (written) => {
    expect(apiKeys().safeParse(written).success).toBe(false);
  });
});
