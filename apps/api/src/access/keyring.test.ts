import { createHash } from "node:crypto";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import { allows, findKey, type ApiKey, type Scope } from "./keyring.ts";

function keyOf(name: string, secret: string): ApiKey {
  return { name, scopes: ["read"], sha256: createHash("sha256").update(secret).digest("hex") };
}

function allowed(scopes: ApiKey["scopes"], scope: Scope): boolean {
  return allows({ ...keyOf("a", "b"), scopes }, scope);
}

test("a key is found by its secret alone", () => {
  const secrets = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(secrets, fc.string(), (known, other) => {
      const keys = known.map((secret, index) => keyOf(`key${index}`, secret));
      expect(known.map((secret) => findKey(keys, secret)?.name)).toEqual(
        keys.map(({ name }) => name),
      );
      expect(findKey(keys, other) !== undefined).toBe(known.includes(other));
      for (const { sha256 } of keys) expect(findKey(keys, sha256)).toBeUndefined();
    }),
  );
});

test("the scope admin covers the others, which cover themselves", () => {
  expect(allowed(["read"], "read")).toBe(true);
  expect(allowed(["read"], "process")).toBe(false);
  expect(allowed(["read", "process"], "admin")).toBe(false);
  expect(allowed(["admin"], "process")).toBe(true);
});
