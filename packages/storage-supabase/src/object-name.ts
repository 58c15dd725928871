import { parseKey, type Key, type Prefix } from "@tintype/storage";

/** A key in the few characters that Supabase takes: bytes of any other as `=C3`. Names keep the keys' prefixes. */
export function toObjectName(key: Key | Prefix): string {
  return key.replaceAll(/[^A-Za-z0-9/._ -]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}

/** The key of an object's name, or `undefined` for a name that no key has. */
export function fromObjectName(name: string): Key | undefined {
  try {
    // Nothing else in a name needs a percent sign, so that its escapes can be read as a URL's.
    const key = parseKey(decodeURIComponent(name.replaceAll("%", "%25").replaceAll("=", "%")));
    return toObjectName(key) === name ? key : undefined;
  } catch {
    return undefined;
  }
}
