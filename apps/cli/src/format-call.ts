/** Writes a call in the short form that `parseCall` reads: `resize:width=800,fit=cover`. */
export function formatCall(name: string, options: object): string {
  const pairs = Object.entries(options).map(([option, value]) => `${option}=${formatValue(value)}`);
  return pairs.length === 0 ? name : `${name}:${pairs.join(",")}`;
}

function formatValue(value: unknown): string {
  return typeof value === "string" && isPlain(value) ? value : JSON.stringify(value);
}

/** Whether a text needs no quotes: it does not read as JSON, nor as more than one value, nor as a file. */
function isPlain(text: string): boolean {
  if (text !== text.trim() || /^@|[,"()[\]{}]/u.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
