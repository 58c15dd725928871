import { TintypeError } from "@tintype/errors";

/** The error for a setting that another one makes necessary. */
export function missingSetting(setting: string, reason: string): TintypeError {
  return new TintypeError({
    kind: "configuration",
    code: "config.missing",
    message: `Set ${setting}, as ${reason}.`,
  });
}
