import type { Settings } from "@tintype/config";
import type { Database } from "@tintype/database";
import type { JobQueue } from "@tintype/jobs";
import type { MalwareScanner } from "@tintype/scanner";
import type { Storage } from "@tintype/storage";

/** Something that the service leans on. */
export interface Dependency {
  readonly name: string;
  /** Whether the service is of no use without it. */
  readonly isRequired: boolean;
  health(options: { readonly signal: AbortSignal }): Promise<DependencyHealth>;
}

/** Whether a dependency can be used now, and what is the matter with it although it can; `message` is safe to show. */
type DependencyHealth =
  | { readonly ok: true; readonly message?: string }
  | { readonly ok: false; readonly message: string };

/** What a service over these leans on. */
export function dependenciesOf(
  { virusScan }: Settings,
  services: {
    readonly storage: Storage;
    readonly database: () => Promise<Database>;
    readonly jobs: () => Promise<JobQueue>;
    readonly scanner: MalwareScanner | undefined;
  },
): readonly Dependency[] {
  const { storage, database, jobs, scanner } = services;
  const needed: readonly Dependency[] = [
    { name: "storage", isRequired: true, health: async (options) => storage.health(options) },
    { name: "database", isRequired: true, health: async () => (await database()).health() },
    // Without what brings jobs to workers they are still accepted, and done later.
    { name: "queue", isRequired: false, health: async () => queueHealth(await jobs()) },
  ];
  if (scanner === undefined) return needed;
  // In fail-safe uploads go on without a scanner.
  const isRequired = virusScan.mode === "fail-secure";
  const health: Dependency["health"] = async (options) => scanner.health(options);
  return [...needed, { name: "scanner", isRequired, health }];
}

async function queueHealth(queue: JobQueue): Promise<DependencyHealth> {
  return queue.health().then(
    () => ({ ok: true }),
    () => ({ ok: false, message: "Jobs are accepted, but don't reach workers: see REDIS_URL." }),
  );
}
