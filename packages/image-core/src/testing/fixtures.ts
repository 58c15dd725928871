import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Real pictures of other projects stand beside the repository where it is developed, and nowhere else. */
const folder = new URL("../../../../../shared/fixtures/", import.meta.url);

/** Whether the real pictures are at hand; tests that need them are skipped otherwise. */
export const fixturesPresent = existsSync(folder);

/** The file names of all real pictures, in order; empty when they are not at hand. */
export const fixtureNames: readonly string[] = fixturesPresent
  ? readdirSync(folder)
      .filter((name) => !name.endsWith(".md"))
      .toSorted()
  : [];

/** The bytes of a real picture. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}
