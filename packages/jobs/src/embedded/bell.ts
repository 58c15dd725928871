import { mkdirSync, utimesSync, watch, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Wakes other processes of this machine: whoever listens hears every ring but its own, or a ring for several. */
export interface Bell {
  ring(): void;
  /** Calls back at every ring, until the function that it gives is called. */
  listen(onRing: () => void): () => void;
}

/** A bell that is a file: who rings touches it, and the system tells those who watch it. */
export function createFileBell(file: string): Bell {
  const make = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  };
  return {
    ring() {
      const now = new Date();
      try {
        utimesSync(file, now, now);
      } catch {
        make();
      }
    },
    listen(onRing) {
      try {
        make();
        const watcher = watch(file, { persistent: false }, onRing);
        watcher.on("error", () => watcher.close());
        return () => watcher.close();
      } catch {
        // Some file systems can't be watched: then a consumer looks by itself from time to time.
        return () => undefined;
      }
    },
  };
}
