/** Keeps bytes under names of hex digits; what it loses costs money, not correctness. */
export interface ByteCache {
  get(name: string): Promise<Uint8Array | undefined>;
  put(name: string, bytes: Uint8Array): Promise<void>;
}

/** A cache in memory that forgets what was not asked for the longest time; 100 MB when left out. */
export function createMemoryCache({ maxBytes = 100_000_000 } = {}): ByteCache {
  const kept = new Map<string, Uint8Array>();
  let size = 0;
  const forget = (name: string) => {
    size -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  return {
    async get(name) {
      const bytes = kept.get(name);
      if (bytes === undefined) return undefined;
      kept.delete(name);
      kept.set(name, bytes);
      return bytes;
    },
    async put(name, bytes) {
      forget(name);
      if (bytes.length > maxBytes) return;
      kept.set(name, bytes);
      size += bytes.length;
      for (const oldest of kept.keys()) {
        if (size <= maxBytes) return;
        forget(oldest);
      }
    },
  };
}
