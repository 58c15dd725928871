import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { sharp } from "./process-settings.ts";
import { readImageFile } from "./read-image-file.ts";
import { readImage } from "./read-image.ts";

function fileOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "tintype-read-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "upload");
  writeFileSync(path, bytes);
  return path;
}

/** A picture of noise, so that its file is longer than both ends that are looked at. */
function noise() {
  const gaussian = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const create = { width: 400, height: 300, channels: 3, noise: gaussian } as const;
  return sharp({ create: { ...create, background: "#000" } });
}

const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="5"/>');

describe("a picture in a file", () => {
  test.each([
    ["png", async () => noise().png().toBuffer()],
    [
      "jpeg",
      async () => noise().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer(),
    ],
    ["webp", async () => noise().webp({ lossless: true }).toBuffer()],
    ["svg", async () => drawing],
  ] as const)("is what it is in memory: %s", async (_format, bytesOf) => {
    const bytes = await bytesOf();
    const [there, here] = [await readImageFile(fileOf(bytes)), await readImage(bytes)];
    expect(there.source).toEqual(here.source);
    expect((await there.pixels()).data.equals((await here.pixels()).data)).toBe(true);
  });

  test.each([
    ["nothing", async () => Buffer.alloc(0), "image.empty"],
    ["text", async () => Buffer.from("hello ".repeat(50_000)), "image.unknown_type"],
    ["only a beginning", async () => Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "image.corrupt"],
    [
      "an archive at its end",
      async () => Buffer.concat([await noise().png().toBuffer(), zipEnd()]),
      "image.polyglot",
    ],
  ] as const)("is refused with %s", async (_what, bytesOf, code) => {
    await expect(readImageFile(fileOf(await bytesOf()))).rejects.toMatchObject({ code });
  });

  test("is held against the limits and its name", async () => {
    const path = fileOf(await noise().png().toBuffer());
    await expect(readImageFile(path, { maxBytes: 1000 })).rejects.toMatchObject({
      code: "image.too_many_bytes",
    });
    await expect(readImageFile(path, { maxPixels: 119_999 })).rejects.toMatchObject({
      code: "image.too_many_pixels",
    });
    await expect(readImageFile(path, {}, { name: "a.gif" })).rejects.toMatchObject({
      code: "image.mislabelled",
    });
  });
});

function zipEnd(): Buffer {
  return Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);
}
