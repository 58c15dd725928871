import { TintypeError } from "@tintype/errors";
import type { MiddlewareHandler } from "hono";

import type { AppEnvironment } from "../api-route.ts";
import { allows, findKey, type ApiKey, type Scope } from "./keyring.ts";

/** Lets requests pass whose `X-API-Key` has a scope, and all of them where there are no keys. */
export function requireScope(
  keys: readonly ApiKey[],
  scope: Scope,
): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    if (keys.length === 0) return next();
    const presented = context.req.header("x-api-key");
    if (presented === undefined || presented === "") throw noKey();
    const key = findKey(keys, presented);
    if (key === undefined) throw wrongKey();
    if (!allows(key, scope)) throw tooNarrow(scope);
    context.set("client", `key ${key.name}`);
    return next();
  };
}

function noKey(): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "access.no_key",
    message: "Send a key in the header X-API-Key.",
  });
}

function wrongKey(): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "access.wrong_key",
    message: "The key in X-API-Key opens nothing here. Check that it is complete.",
  });
}

function tooNarrow(scope: Scope): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "access.wrong_scope",
    message: `The key in X-API-Key lacks the scope ${scope}. Use another, or ask for that scope.`,
    details: { scope },
  });
}
