import { expect, test } from "vitest";

import { largePicture, MiB, riseOf, upload } from "./testing/large-upload.ts";
import { cutout } from "./testing/pictures.ts";
import { startServer } from "./testing/server-process.ts";

// Elsewhere a process's peak can't be read.
test.skipIf(process.platform !== "linux")(
  "an upload of 50 MB raises the memory by less than 64 MB",
  // What else the machine does delays the collector: the least of a few is what the upload needs.
  { timeout: 60_000, retry: 3 },
  async () => {
    await using server = await startServer();
    const [small, large] = [new Blob([new Uint8Array(await cutout())]), await largePicture()];
    expect(large.size).toBeGreaterThan(49 * MiB);
    expect(await upload(server.url, small)).toBe(201);
    const rise = await riseOf(server.pid, async () =>
      expect(await upload(server.url, large)).toBe(201),
    );
    expect(rise).toBeLessThan(64 * MiB);
  },
);
