/** Gives the file of a name, made only when it is not among the last ones; a failure is not kept. */
export type RecentFiles = (name: string, make: () => Promise<Uint8Array>) => Promise<Uint8Array>;

/** Remembers files as long as they take so many bytes together; the one that was asked for longest ago goes first. */
export function createRecentFiles(maxBytes: number): RecentFiles {
  const kept = new Map<string, Uint8Array>();
  return async (name, make) => {
    const file = kept.get(name) ?? (await make());
    // Set again, it is the newest: a map lists what was set first.
    kept.delete(name);
    kept.set(name, file);
    let bytes = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [oldest, { length }] of kept) {
      if (bytes <= maxBytes) break;
      kept.delete(oldest);
      bytes -= length;
    }
    return file;
  };
}
