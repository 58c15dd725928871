/** An ETag without its quotes. */
export function etagOf(text: string | null | undefined): string {
  return (text ?? "").replace(/^W\//u, "").replaceAll('"', "");
}
