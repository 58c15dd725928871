/** Keeps an amount and its unit in a line. */
const gap = "\u00a0";
const units = ["B", "kB", "MB", "GB"];

/** `12.9 kB`: up to three digits and a unit of a thousand. */
export function formatBytes(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (amount >= 999.5 && unit < units.length - 1) [amount, unit] = [amount / 1000, unit + 1];
  const digits = unit === 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2;
  return `${amount.toFixed(digits)}${gap}${units[unit]}`;
}

/** `1920 × 1080`. */
export function formatSize({ width, height }: { width: number; height: number }): string {
  return `${width}${gap}×${gap}${height}`;
}

/** A day and a time as the reader's language writes them. */
export function formatTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** `−38 %` of what a file was before. */
export function formatChange(bytes: number, before: number): string {
  const percent = Math.round((bytes / before - 1) * 100);
  return `${percent > 0 ? "+" : percent < 0 ? "−" : "±"}${Math.abs(percent)}${gap}%`;
}

/** `240 ms`, `1.8 s`, `12 s`, `3 min`, `2.5 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)}${gap}ms`;
  if (seconds < 59.5) return `${seconds.toFixed(seconds < 9.95 ? 1 : 0)}${gap}s`;
  if (seconds < 3570) return `${Math.round(seconds / 60)}${gap}min`;
  return `${(seconds / 3600).toFixed(1)}${gap}h`;
}

/** A whole number as the reader's language writes it. */
export function formatCount(count: number): string {
  return count.toLocaleString();
}

/** US dollars, to the cent, or finer where it is less. */
export function formatMoney(dollars: number): string {
  const digits = dollars > 0 && dollars < 0.1 ? 4 : 2;
  return `$${dollars.toFixed(digits)}`;
}

/** `38 %` of a whole; a dash where there is none. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((part / whole) * 100)}${gap}%`;
}
