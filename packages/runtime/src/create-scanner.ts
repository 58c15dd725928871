import type { Settings } from "@tintype/config";
import type { MalwareScanner } from "@tintype/scanner";

/** How long the start may wait for a scanner that does not answer. */
const patienceMs = 5000;

/** The scanner that settings ask for, proven to find the EICAR test file; a clamd that still loads its database may prove itself later. */
export async function createScanner({ virusScan }: Settings): Promise<MalwareScanner | undefined> {
  if (!virusScan.enabled) return undefined;
  const { assertDetects, createClamdScanner } = await import("@tintype/scanner");
  const { host, port, socketPath, ...limits } = virusScan;
  const options = {
    address: socketPath === undefined ? { host, port } : { socketPath },
    ...limits,
  };
  await assertDetects(
    createClamdScanner({ ...options, timeoutMs: Math.min(patienceMs, limits.timeoutMs) }),
  );
  return createClamdScanner(options);
}
