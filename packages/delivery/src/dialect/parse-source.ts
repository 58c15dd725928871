import { parseKey, type Key } from "@tintype/storage";

import { deliveryError } from "../delivery-error.ts";
import { decoded } from "./option-groups.ts";
import { readBase64 } from "./read-argument.ts";

/** Where an address takes its picture from. */
export type AddressSource =
  | { readonly kind: "asset"; readonly id: string }
  | { readonly kind: "stored"; readonly key: Key }
  | { readonly kind: "s3" | "url"; readonly url: string };

/** The source of an address as it is written, and the extension that may follow it. */
export interface WrittenSource {
  readonly text: string;
  readonly extension: string | undefined;
}

/** Reads `plain/…@ext`, or URL-safe base64 in any number of segments with `.ext`. */
export function readWrittenSource(segments: readonly string[]): WrittenSource {
  const [first, ...rest] = segments;
  const isPlain = first === "plain" && rest.length > 0;
  const [source = "", extension, ...more] = isPlain
    ? rest.join("/").split("@")
    : segments.join("").split(".");
  if (source === "" || more.length > 0) {
    throw deliveryError(
      "invalid_url",
      "The address needs a source after its options: plain/ and a URL, or a URL in URL-safe base64, with at most one extension.",
    );
  }
  return {
    text: isPlain ? decoded(source) : readBase64(source),
    extension: extension === "" ? undefined : extension,
  };
}

/** What a source's text means; a text without a scheme is put behind `baseUrl`. */
export function parseAddressSource(text: string, baseUrl = ""): AddressSource {
  const full = /^[a-z][\w+.-]*:/iu.test(text) ? text : `${baseUrl}${text}`;
  const [, scheme = "", rest = ""] = /^([a-z\d]+):\/\/(.*)$/isu.exec(full) ?? [];
  switch (scheme.toLowerCase()) {
    case "asset":
      if (/^[\w-]{1,100}$/u.test(rest)) return { kind: "asset", id: rest };
      break;
    case "local":
      return { kind: "stored", key: parseKey(rest.replace(/^\//u, "")) };
    case "s3":
      return { kind: "s3", url: full };
    case "http":
    case "https":
      return { kind: "url", url: full };
  }
  throw deliveryError(
    "invalid_url",
    "A source is asset://ID, local:///KEY, s3://BUCKET/KEY or an http(s) address.",
  );
}
