import { deliveryError } from "../delivery-error.ts";

/** An address in its two parts. */
export interface SplitAddress {
  readonly signature: string;
  /** What was signed: the rest of the path, with its leading slash. */
  readonly rest: string;
}

/** Splits `/signature/options/source`, and mends the slashes that proxies merge in a plain source. */
export function splitAddress(path: string): SplitAddress {
  const [, signature = "", rest = ""] = /^\/([^/]+)(\/.+)$/su.exec(path) ?? [];
  if (rest === "") {
    throw deliveryError("invalid_url", "An address of an image is /SIGNATURE/OPTIONS/SOURCE.");
  }
  const mended = rest.replace(
    /(?<=\/plain\/)([a-z\d]+):\/{1,3}(?!\/)/iu,
    (_, scheme: string) => `${scheme}:${scheme.toLowerCase() === "local" ? "///" : "//"}`,
  );
  return { signature, rest: mended };
}
