/** Holds the floors of the house against every manifest and every import: `node tools/check-floors.ts [ROOT]`. */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";

import { parseSync, Visitor } from "oxc-parser";

/** From the roof down: a package may use every floor below its own. */
const floors = [
  { floor: "apps", packages: ["api", "worker", "cli", "studio"] },
  // The benchmarks put a library of their own together, as its users do.
  { floor: "composition", packages: ["runtime", "bench"] },
  {
    floor: "orchestration",
    packages: ["jobs-bullmq", "jobs", "delivery", "pipeline", "assets", "config", "telemetry"],
  },
  {
    floor: "families",
    packages: [
      "exporters",
      "image-core",
      "storage",
      "storage-local",
      "storage-s3",
      "storage-supabase",
      "generators",
      "generator-gemini",
      "generator-openai",
      "background-api4ai",
      "background-opencv",
      "scanner",
      "database",
    ],
  },
  { floor: "ground", packages: ["errors", "image-url"] },
];

/** What a package may use on its own floor. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  jobs: ["pipeline", "assets"],
  delivery: ["pipeline"],
  exporters: ["image-core"],
  "background-api4ai": ["image-core"],
};

/** Each adapter and the family whose contract it meets; nobody but the composition floor names an adapter. */
const adapters: Readonly<Record<string, string>> = {
  "jobs-bullmq": "jobs",
  "storage-local": "storage",
  "storage-s3": "storage",
  "storage-supabase": "storage",
  "generator-gemini": "generators",
  "generator-openai": "generators",
  "background-api4ai": "generators",
  "background-opencv": "generators",
};

const scope = "@tintype/";

interface Package {
  /** Without the scope. */
  readonly name: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

/** Reads the workspace in `root` and says, one line a finding, where it leaves the floors. */
export function checkFloors(root: string): string[] {
  const packages = globSync(["{packages,apps}/*/package.json", "bench/package.json"], { cwd: root })
    .toSorted()
    .map((manifest) => readPackage(root, dirname(manifest)));
  return [
    ...packages.flatMap(findingsInManifest),
    ...packages.flatMap((owner) => findingsInSources(root, owner)),
    ...cycles(packages).map((cycle) => `${cycle.join(" → ")}: a cycle; cut one of its arrows.`),
  ];
}

function readPackage(root: string, folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Record<
    string,
    Record<string, string> | undefined
  > & { name?: string };
  const workspace = (...fields: string[]) =>
    fields.flatMap((field) => Object.keys(manifest[field] ?? {}).flatMap(workspaceName));
  return {
    name: workspaceName(manifest.name ?? "")[0] ?? basename(folder),
    folder,
    dependencies: workspace("dependencies", "peerDependencies", "optionalDependencies"),
    devDependencies: workspace("devDependencies"),
  };
}

/** The package that a specifier names, without the scope; none for a third party's. */
function workspaceName(specifier: string): string[] {
  return specifier.startsWith(scope) ? specifier.slice(scope.length).split("/", 1) : [];
}

function findingsInManifest(owner: Package): string[] {
  if (floorOf(owner.name) === -1) {
    return [
      `${owner.folder}: ${owner.name} stands on no floor; add it to \`floors\` in tools/check-floors.ts.`,
    ];
  }
  return [...owner.dependencies, ...owner.devDependencies].flatMap((used) =>
    refusal(owner.name, used).map((reason) => `${owner.folder}/package.json: ${reason}`),
  );
}

function findingsInSources(root: string, owner: Package): string[] {
  return globSync("**/*.{ts,tsx,mts,js,mjs}", {
    cwd: join(root, owner.folder),
    exclude: (path) => ["node_modules", "dist"].includes(basename(path)),
  })
    .toSorted()
    .flatMap((file) =>
      specifiersIn(join(root, owner.folder, file)).flatMap((specifier) =>
        findingsInImport(owner, file, specifier).map(
          (reason) => `${join(owner.folder, file)}: ${reason}`,
        ),
      ),
    );
}

function findingsInImport(owner: Package, file: string, specifier: string): string[] {
  if (specifier.startsWith(".")) {
    const target = relative(".", join(dirname(file), specifier));
    return target.split(sep)[0] === ".." ? [`"${specifier}" leaves the package.`] : [];
  }
  return workspaceName(specifier).flatMap((used) => {
    if (used === owner.name) return [];
    const refused = refusal(owner.name, used);
    if (refused.length > 0 || owner.dependencies.includes(used)) return refused;
    if (!owner.devDependencies.includes(used)) {
      return [`"${specifier}" is not declared in ${owner.folder}/package.json.`];
    }
    // The build would copy a development dependency into the published file.
    return file.includes(".test.") ? [] : [`"${specifier}" is declared for development only.`];
  });
}

/** Why one package may not use another; nothing when it may. */
function refusal(from: string, to: string): string[] {
  const [own, other] = [floorOf(from), floorOf(to)];
  const reason = (words: string) => [`${from} may not use ${to}: ${words}.`];
  if (own === -1) return [];
  if (other === -1) return reason("it stands on no floor");
  if (floors[other]?.floor === "apps") return reason("nobody uses an app");
  if (to in adapters && floors[own]?.floor !== "composition") {
    return reason("only the composition floor names adapters");
  }
  if (own < other) return [];
  if (own > other) return reason("it stands on a higher floor");
  return adapters[from] === to || arrows[from]?.includes(to) === true
    ? []
    : reason(`no arrow on the floor of ${floors[own]?.floor} leads there`);
}

function floorOf(name: string): number {
  return floors.findIndex(({ packages }) => packages.includes(name));
}

/** Every module that a file imports, re-exports, loads or takes a type from. */
function specifiersIn(path: string): string[] {
  const found: string[] = [];
  const note = ({ source }: { source: unknown }) => {
    const value = (source as { value?: unknown } | null)?.value;
    if (typeof value === "string") found.push(value);
  };
  new Visitor({
    ImportDeclaration: note,
    ExportNamedDeclaration: note,
    ExportAllDeclaration: note,
    ImportExpression: note,
    TSImportType: note,
  }).visit(parseSync(path, readFileSync(path, "utf8")).program);
  return found;
}

/** Each cycle once, from its first package back to it. */
function cycles(packages: readonly Package[]): string[][] {
  const byName = new Map(packages.map((owner) => [owner.name, owner]));
  const done = new Set<string>();
  const walk = (name: string, trail: readonly string[]): string[][] => {
    if (trail.includes(name)) return [[...trail.slice(trail.indexOf(name)), name]];
    const owner = byName.get(name);
    if (!owner || done.has(name)) return [];
    const found = [...owner.dependencies, ...owner.devDependencies].flatMap((used) =>
      walk(used, [...trail, name]),
    );
    done.add(name);
    return found;
  };
  return packages.flatMap(({ name }) => walk(name, []));
}

if (import.meta.main) {
  const findings = checkFloors(process.argv[2] ?? join(import.meta.dirname, ".."));
  for (const finding of findings) console.error(finding);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
