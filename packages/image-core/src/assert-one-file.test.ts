import { describe, expect, test } from "vitest";

import { sharp } from "./process-settings.ts";
import { readImage } from "./read-image.ts";
import { fixture, fixtureNames } from "./testing/index.ts";

const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: "#246" } });
const png = await picture.clone().png().toBuffer();
const jpeg = await picture.clone().jpeg().toBuffer();
const withPdf = await picture.clone().withXmp("<x>%PDF-1.7</x>").jpeg().toBuffer();

/** The end of an archive, with a comment of some bytes. */
function zipEnd(comment = 0): Buffer {
  const record = Buffer.alloc(22);
  record.write("PK\u0005\u0006", "latin1");
  record.writeUInt16LE(comment, 20);
  return Buffer.concat([record, Buffer.alloc(comment)]);
}

describe("a picture that is another file as well is refused:", () => {
  test.each([
    ["an archive behind it", Buffer.concat([png, zipEnd()])],
    ["an archive with a comment", Buffer.concat([jpeg, zipEnd(300)])],
    ["a page behind it", Buffer.concat([png, Buffer.from("<html><body>")])],
    ["a script behind it", Buffer.concat([jpeg, Buffer.from("<?php system($x);")])],
    ["a PDF in a comment", withPdf],
  ])("%s", async (_what, bytes) => {
    await expect(readImage(bytes)).rejects.toMatchObject({
      kind: "invalid_input",
      code: "image.polyglot",
    });
  });

  test("not for the letters of an archive's end alone", async () => {
    const bytes = Buffer.concat([png, Buffer.from("PK\u0005\u0006"), Buffer.alloc(90, 1)]);
    await expect(readImage(bytes)).resolves.toBeDefined();
  });

  test.skipIf(fixtureNames.length === 0)("not real pictures", async () => {
    for (const name of fixtureNames.filter((file) => !/^(?:corrupt|truncated)/u.test(file))) {
      await expect(readImage(fixture(name), {}, { name })).resolves.toBeDefined();
    }
  });
});

describe("a file's name", () => {
  test.each(["a.png", "a.PNG", "a", "a.png.bak", "a.b/c", ".png"])(
    "%s fits a PNG",
    async (name) => {
      await expect(readImage(png, {}, { name })).resolves.toBeDefined();
    },
  );

  test.each(["a.jpg", "a.GIF", "photo.heif", "a.png.svg"])("%s does not", async (name) => {
    await expect(readImage(png, {}, { name })).rejects.toMatchObject({
      kind: "invalid_input",
      code: "image.mislabelled",
      details: { format: "png" },
    });
  });

  test("may say jpg, jpeg or jfif of a JPEG", async () => {
    for (const name of ["a.jpg", "a.jpeg", "a.jfif"]) {
      await expect(readImage(jpeg, {}, { name })).resolves.toBeDefined();
    }
  });
});
