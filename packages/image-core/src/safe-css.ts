/** What can fetch, run, or hide either from being found. */
const dangerous =
  /\\|@import|@namespace|@charset|expression\s*\(|behavior\s*:|-moz-binding|(?:image-set|image|src|cross-fade|element|paint)\s*\(/iu;

const address = /url\(\s*(?<quote>["']?)(?<target>.*?)\k<quote>\s*\)/giu;

const embedded = /^data:(?:image\/(?:png|jpeg|webp|gif)|(?:font|application)\/[\w.+-]+);base64,/iu;

/** CSS that refers to nothing but the document's own parts; undefined where that can't be told for sure. */
export function safeCss(css: string): string | undefined {
  const plain = css
    .replaceAll(/\/\*[\s\S]*?\*\//gu, " ")
    .replaceAll(/@import\b[^;{}]*;?/giu, "")
    .replaceAll(address, (whole, _quote: string, target: string) =>
      target.startsWith("#") || embedded.test(target) ? whole : "none",
    );
  const addresses = plain.match(/url\s*\(/giu)?.length ?? 0;
  const known = plain.match(address)?.length ?? 0;
  return dangerous.test(plain) || addresses !== known ? undefined : plain;
}
