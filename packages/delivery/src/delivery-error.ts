import { TintypeError, type ErrorKind } from "@tintype/errors";

const kinds = {
  invalid_url: "invalid_input",
  unknown_option: "invalid_input",
  unknown_preset: "invalid_input",
  invalid_preset: "configuration",
  invalid_key: "configuration",
  source_denied: "forbidden",
  unsigned: "forbidden",
  expired: "not_found",
  not_found: "not_found",
  unsupported_format: "unsupported",
} as const satisfies Record<string, ErrorKind>;

/** A failure of an image's address, with the code `delivery.…`. */
export function deliveryError(failure: keyof typeof kinds, message: string): TintypeError {
  return new TintypeError({ kind: kinds[failure], code: `delivery.${failure}`, message });
}
