import type { FailoverStorage, Storage } from "@tintype/storage";

/** Brings home what the second of two storages alone holds, now and every minute for as long as the process lives. */
export function keepReconciled(storage: Storage | FailoverStorage, everyMs = 60_000): void {
  if (!("reconcile" in storage)) return;
  const next = async (): Promise<void> => {
    // While one of them is out there is nothing to do; its health tells of that.
    await storage.reconcile().catch(() => undefined);
    setTimeout(() => void next(), everyMs).unref();
  };
  void next();
}
