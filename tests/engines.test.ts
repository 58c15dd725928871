import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
}

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = globSync("packages/*/package.json", { cwd: root })
  .toSorted()
  .map((path) => {
    const manifest = manifestAt(join(root, path));
    return { name: manifest.name, manifest, folder: dirname(join(root, path)) };
  })
  .filter(({ manifest }) => manifest.private !== true);

function manifestAt(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}

/** The oldest Node.js of a range such as `^16 || >=20.9`, among those that are still looked after. */
function oldest({ engines }: Manifest): readonly [major: number, minor: number] {
  const [, major = "0", minor = "0"] = /(\d+)(?:\.(\d+))?[^|]*$/u.exec(engines?.node ?? "") ?? [];
  return [Number(major), Number(minor)];
}

function isOlder(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

test.each(packages)(
  "$name asks for a Node.js that its dependencies take",
  ({ manifest, folder }) => {
    const wanting = Object.keys(manifest.dependencies ?? {}).filter((name) => {
      const path = join(folder, "node_modules", name, "package.json");
      expect([path, existsSync(path)]).toEqual([path, true]);
      return isOlder(oldest(manifest), oldest(manifestAt(path)));
    });
    expect(wanting).toEqual([]);
  },
);
