import { z } from "zod";

import { separated } from "./setting-types.ts";

/** What a key may do; `admin` may do everything. */
const scope = z.enum(["read", "process", "admin"]);

const form = /^([\w-]+):([a-z+]+):([\da-f]{64})$/i;

/** Keys with commas between them, each as `name:scope+scope:sha256`; no two of one name. */
export function apiKeys() {
  return separated(z.string().regex(form).transform(parts).pipe(apiKey))
    .refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length)
    .describe(
      "keys with commas between them, each as `name:scopes:hash` with scopes of `read`, `process` and `admin` joined by `+`, and the key's SHA-256 in hex",
    );
}

const apiKey = z.object({
  name: z.string(),
  scopes: z.array(scope).readonly(),
  sha256: z.string().toLowerCase(),
});

/** The parts as they are written; the schema checks them. */
function parts(written: string): z.input<typeof apiKey> {
  const [, name = "", scopes = "", sha256 = ""] = form.exec(written) ?? [];
  return { name, scopes: scopes.split("+") as z.input<typeof scope>[], sha256 };
}
