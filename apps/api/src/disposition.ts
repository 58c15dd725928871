/** The header that gives a file its name: as a download, or to be shown. */
export function disposition(how: "attachment" | "inline", name: string): string {
  return `${how}; ${encodedName(name)}`;
}

/** A file's name as a parameter of that header, in the encoding of RFC 8187. */
export function encodedName(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/gu, percentEncoded);
  return `filename*=UTF-8''${encoded}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
