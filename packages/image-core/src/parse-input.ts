import { TintypeError } from "@tintype/errors";
import type { z } from "zod";

/** Parses input from outside; what does not fit becomes one `invalid_input` error that lists every fault. */
export function parseInput<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  context: { readonly what: string; readonly code: `${string}.${string}` },
): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: pathText(path),
    message,
  }));
  const shown = issues
    .slice(0, 5)
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
  const more = issues.length > 5 ? ` (and ${issues.length - 5} more)` : "";
  throw new TintypeError({
    kind: "invalid_input",
    code: context.code,
    message: `The ${context.what} is not valid: ${shown}${more}`,
    details: { issues: issues.slice(0, 50) },
  });
}

/** `["steps", 0, "width"]` → `steps[0].width`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./u, "");
}
