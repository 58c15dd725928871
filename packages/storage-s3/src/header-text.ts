// The form of RFC 8187 for any text in a header; a service passes it on as it is.
const marker = "UTF-8''";

/** A value of metadata as text that survives a header: as it is where it can be, else encoded by RFC 8187. */
export function toHeaderText(value: string): string {
  // Spaces at the ends, and headers without a value, get lost on the way.
  const isPlain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
  return isPlain && !value.startsWith(marker) ? value : marker + encodeURIComponent(value);
}

/** The value that {@link toHeaderText} was given; text of others comes back as it is. */
export function fromHeaderText(text: string): string {
  if (!text.startsWith(marker)) return text;
  try {
    return decodeURIComponent(text.slice(marker.length));
  } catch {
    return text;
  }
}
