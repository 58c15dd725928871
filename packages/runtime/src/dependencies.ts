import type { Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
import type { MalwareScanner } from "@tintype/scanner";
import type { Storage } from "@tintype/storage";

/** Something that the service leans on. */
export interface Dependency {
  readonly name: string;
  /** Whether the service is of no use without it. */
  readonly isRequired: boolean;
  health(options: { readonly signal: AbortSignal }): Promise<DependencyHealth>;
}

/** Whether a dependency can be used now; `message` is safe to show. */
type DependencyHealth = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** What a service over these leans on. */
export function dependenciesOf(
  { virusScan }: Settings,
  services: {
    readonly storage: Storage;
    readonly database: () => Promise<Database>;
    readonly scanner: MalwareScanner | undefined;
  },
): readonly Dependency[] {
  const { storage, database, scanner } = services;
  const needed: readonly Dependency[] = [
    { name: "storage", isRequired: true, health: async (options) => storage.health(options) },
    { name: "database", isRequired: true, health: async () => (await database()).health() },
  ];
  if (scanner === undefined) return needed;
  // In fail-safe uploads go on without a scanner.
  const isRequired = virusScan.mode === "fail-secure";
  const health: Dependency["health"] = async (options) => scanner.health(options);
  return [...needed, { name: "scanner", isRequired, health }];
}
