/** The header that gives a file its name, in the encoding of RFC 8187: as a download, or to be shown. */
export function disposition(how: "attachment" | "inline", name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/gu, percentEncoded);
  return `${how}; filename*=UTF-8''${encoded}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
