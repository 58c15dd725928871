import { expect, test } from "vitest";

import { largePicture, MiB, riseOf, upload } from "./testing/large-upload.ts";
import { cutout } from "./testing/pictures.ts";
import { startServer } from "./testing/server-process.ts";

test("twenty uploads of 50 MB at once raise the memory by less than 200 MB", async () => {
  await using server = await startServer();
  const [small, large] = [new Blob([new Uint8Array(await cutout())]), await largePicture()];
  expect(await upload(server.url, small)).toBe(201);
  const rise = await riseOf(server.pid, async () => {
    const uploads = Array.from({ length: 20 }, async () => upload(server.url, large));
    expect(new Set(await Promise.all(uploads))).toEqual(new Set([201]));
  });
  // A thousand is what they have in all.
  expect(rise).toBeLessThan(200 * MiB);
}, 300_000);
