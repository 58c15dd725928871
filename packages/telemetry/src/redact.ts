const redacted = "[redacted]";

/** Names whose values are secrets, wherever they stand: headers, settings, fields of a provider. */
const names =
  "[\\w-]*(?:authorization|cookie|password|passphrase|secret|token(?!s)|signature|credential|api[-_]?key)[\\w-]*";

const secretName = new RegExp(`^${names}$`, "iu");

// In a text that quotes JSON, perhaps with its quotation marks escaped.
const field = new RegExp(`(\\\\*"${names}\\\\*":\\s*\\\\*")(?:[^"\\\\]|\\\\[^"])*`, "giu");

// A signed address, as ourselves, S3, Google, Azure and Supabase write them.
const parameter = new RegExp(`([?&;](?:amp;)?(?:${names}|sig|key)=)[^&\\s"'\\\\<>]+`, "giu");

const bearer = /\b(bearer|basic)\s+[\w.~+/=-]+/giu;
const userInfo = /(:\/\/)[^\s/@"\\]+@/gu;

/** Makes a function that takes secrets out of a line of a log: these very values, and whatever is named or written as a secret. */
export function createRedaction(secrets: readonly string[] = []): (line: string) => string {
  // A short one would redact half of every line.
  const known = secrets.filter((secret) => secret.length >= 8);
  const values = new Set([...known, ...known.map((secret) => encodeURIComponent(secret))]);

  const redactText = (text: string): string => {
    let rest = text;
    for (const value of values) rest = rest.replaceAll(value, redacted);
    return rest
      .replace(field, `$1${redacted}`)
      .replace(parameter, `$1${redacted}`)
      .replace(bearer, `$1 ${redacted}`)
      .replace(userInfo, `$1${redacted}@`);
  };

  const redactValue = (name: string, value: unknown): unknown => {
    const isSecret = secretName.test(name);
    if (isSecret && (typeof value === "string" || typeof value === "object")) return redacted;
    return typeof value === "string" ? redactText(value) : value;
  };

  return (line) => {
    try {
      const end = line.endsWith("\n") ? "\n" : "";
      return JSON.stringify(JSON.parse(line, redactValue)) + end;
    } catch {
      return redactText(line);
    }
  };
}
