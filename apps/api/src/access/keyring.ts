import { createHash, timingSafeEqual } from "node:crypto";

import type { Settings } from "@tintype/config";

/** What a key may do; `admin` may do everything. */
export type Scope = "read" | "process" | "admin";

/** A key as the service knows it: by its hash. */
export interface ApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** In hex. */
  readonly sha256: string;
}

/** The keys that settings name; empty where the API is open. */
export function keysOf({ keys, internalKey }: Settings["access"]): readonly ApiKey[] {
  if (internalKey === undefined) return keys;
  const sha256 = digest(internalKey).toString("hex");
  return [...keys, { name: "internal", scopes: ["read", "process"], sha256 }];
}

/** Finds the key that a client presents, in a time that tells nothing of the keys there are. */
export function findKey(keys: readonly ApiKey[], presented: string): ApiKey | undefined {
  const given = digest(presented);
  let found: ApiKey | undefined;
  // All of them, so that not even the place of a key shows.
  for (const key of keys) {
    if (timingSafeEqual(given, Buffer.from(key.sha256, "hex"))) found ??= key;
  }
  return found;
}

/** Whether a key may do what a scope covers. */
export function allows({ scopes }: ApiKey, scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes("admin");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
