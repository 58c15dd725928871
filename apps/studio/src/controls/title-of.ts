import { texts } from "../texts.ts";

/** What people call an option, a step or a format: `alphaQuality` and `alpha-quality` are both `Alpha quality`. */
export function titleOf(name: string): string {
  const own = texts.titles[name];
  if (own !== undefined) return own;
  const words = name
    .replaceAll(
      /([a-z])([A-Z])/gu,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .replaceAll(/[-_]/gu, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
