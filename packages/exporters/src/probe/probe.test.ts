import { sharp } from "@tintype/image-core";
import { fixture, fixturesPresent } from "@tintype/image-core/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { exifData } from "./exif-data.ts";
import { iptcData } from "./iptc-data.ts";
import { probe } from "./probe.ts";
import { xmpData } from "./xmp-data.ts";

const blank = () => sharp({ create: { width: 8, height: 6, channels: 3, background: "#c33" } });

/** A dataset of record 2, or of another one. */
function dataset(number: number, value: string | Buffer, record = 2): Buffer {
  const bytes = Buffer.from(value);
  const head = Buffer.from([0x1c, record, number, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([head, bytes]);
}

function resource(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.write("8BIM");
  head.writeUInt16BE(id, 4);
  head.writeUInt32BE(data.length, 8);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** The block of a JPEG, with a resource of another kind and odd length before. */
function photoshop(iim: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from("Photoshop 3.0\0"),
    resource(0x0425, Buffer.alloc(5)),
    resource(0x0404, iim),
  ]);
}

const rdf = (inner: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${inner}</rdf:RDF></x:xmpmeta>`;

const xmp = rdf(`
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
      xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
      xmp:Rating="4">
    <dc:title><rdf:Alt><rdf:li xml:lang="x-default">A &amp; B</rdf:li><rdf:li xml:lang="de">A und B</rdf:li></rdf:Alt></dc:title>
    <dc:subject><rdf:Bag><rdf:li>car</rdf:li><rdf:li>red</rdf:li></rdf:Bag></dc:subject>
    <dc:format>image/jpeg</dc:format>
    <dc:source rdf:resource="https://a.example/"/>
    <xmpMM:History><rdf:Seq>
      <rdf:li stEvt:action="created"/>
      <rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action></rdf:li>
    </rdf:Seq></xmpMM:History>
  </rdf:Description>`);

describe("probe", () => {
  test("reads what sharp wrote", async () => {
    const bytes = await blank()
      .withExif({
        IFD0: { Copyright: "(C) Ann", DateTime: "2026:11:21 10:00:00" },
        IFD3: {
          GPSLatitude: "48/1 51/1 30/1",
          GPSLatitudeRef: "S",
          GPSLongitude: "2/1 21/1 0/1",
          GPSLongitudeRef: "E",
        },
      })
      .withXmp(xmp)
      .jpeg()
      .toBuffer();
    const probed = await probe(bytes);
    expect(JSON.parse(JSON.stringify(probed))).toEqual(probed);
    expect(probed).toMatchObject({
      source: { format: "jpeg", width: 8, height: 6, bytes: bytes.length },
      exif: {
        Image: { Copyright: "(C) Ann", DateTime: "2026-11-21T10:00:00" },
        GPSInfo: { GPSLatitude: -48.8583333, GPSLongitude: 2.35 },
      },
      iptc: {},
      xmp: { "dc:subject": ["car", "red"] },
    });
    expect(probed.exif["GPSInfo"]).not.toHaveProperty("GPSLatitudeRef");
  });

  test("finds IPTC in a JPEG", async () => {
    const jpeg = await blank().jpeg().toBuffer();
    const block = photoshop(dataset(120, "A red car"));
    const head = Buffer.from([0xff, 0xed, 0, block.length + 2]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), head, block, jpeg.subarray(2)]);
    expect((await probe(bytes)).iptc).toEqual({ caption: "A red car" });
  });

  test("says nothing where there is nothing, and refuses what is no picture", async () => {
    const { source, ...rest } = await probe(await blank().png().toBuffer());
    expect(source.format).toBe("png");
    expect(rest).toEqual({ exif: {}, iptc: {}, xmp: {} });
    await expect(probe(Buffer.from("text"))).rejects.toMatchObject({ code: "image.unknown_type" });
    await expect(probe(await blank().png().toBuffer(), { maxPixels: 9 })).rejects.toMatchObject({
      kind: "limit_exceeded",
    });
  });

  test.skipIf(!fixturesPresent)("reads real files", async () => {
    const { exif, xmp: found } = await probe(fixture("cmyk-profile.jpg"));
    expect(exif["Image"]).toMatchObject({ Make: "Canon", Model: "Canon EOS 300D DIGITAL" });
    expect(exif["Photo"]).toMatchObject({
      FNumber: 5.6,
      ISOSpeedRatings: 400,
      DateTimeOriginal: "2004-03-20T14:54:55",
    });
    expect(found).toMatchObject({ "exif:FNumber": "56/10", "exif:Flash/exif:Fired": "False" });
    for (const orientation of [5, 6]) {
      const turned = await probe(fixture(`exif-orientation-${orientation}.jpg`));
      expect(turned.exif["Image"]?.["Orientation"]).toBe(orientation);
      expect(turned.source.orientation).toBe(orientation);
    }
  });
});

describe("IPTC", () => {
  test("keeps what is repeated as lists, dates in ISO 8601, and leaves out other records", () => {
    const iim = Buffer.concat([
      dataset(5, "other record", 3),
      dataset(25, "car"),
      dataset(25, "red"),
      dataset(80, "Ann"),
      dataset(55, "20261121"),
      dataset(90, "Paris"),
      dataset(116, "© Ann"),
      dataset(200, "unknown"),
    ]);
    const told = {
      keywords: ["car", "red"],
      byline: ["Ann"],
      dateCreated: "2026-11-21",
      city: "Paris",
      copyright: "© Ann",
    };
    expect(iptcData(iim)).toEqual(told);
    expect(iptcData(photoshop(iim))).toEqual(told);
  });

  test("reads texts of old programs and those marked as UTF-8", () => {
    expect(iptcData(dataset(90, Buffer.from("Köln", "latin1")))).toEqual({ city: "Köln" });
    const marked = Buffer.concat([dataset(90, "\u001B%G", 1), dataset(90, "Köln")]);
    expect(iptcData(marked)).toEqual({ city: "Köln" });
  });

  test("keeps what comes before the end of a block that is cut short", () => {
    const whole = Buffer.concat([dataset(90, "Paris"), dataset(120, "A red car")]);
    expect(iptcData(whole.subarray(0, -1))).toEqual({ city: "Paris" });
  });
});

describe("XMP", () => {
  test("becomes flat, with lists, languages, links and structures", () => {
    expect(xmpData(`\uFEFF${xmp}\n\n\0`)).toEqual({
      "xmp:Rating": "4",
      "dc:title": "A & B",
      "dc:subject": ["car", "red"],
      "dc:format": "image/jpeg",
      "dc:source": "https://a.example/",
      "xmpMM:History[1]/stEvt:action": "created",
      "xmpMM:History[2]/stEvt:action": "saved",
    });
  });

  test.each([
    ["broken", xmp.slice(0, -5)],
    ["with a document type", `<!DOCTYPE x [<!ENTITY a "b">]>${xmp}`],
    ["nested too deeply", rdf("<rdf:li>".repeat(40) + "</rdf:li>".repeat(40))],
    ["empty", ""],
  ])("that is %s says nothing", (_what, text) => {
    expect(xmpData(text)).toEqual({});
  });

  test("can't reach an object's prototype", () => {
    const told = xmpData(
      rdf('<rdf:Description rdf:about=""><__proto__>a</__proto__></rdf:Description>'),
    );
    expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
    expect(Object.keys(told)).toEqual(["__proto__"]);
  });
});

test("no bytes whatever break a reader, or give what is no JSON", () => {
  const block = fc.uint8Array({ maxLength: 200 });
  const marked = block.map((bytes) =>
    Buffer.concat([Buffer.from("Exif\0\0II*\0\u0008\0\0\0"), bytes]),
  );
  const resources = block.map((bytes) => Buffer.concat([Buffer.from("8BIM\u0004\u0004"), bytes]));
  fc.assert(
    fc.property(fc.oneof(block, marked, resources), (bytes) => {
      const told = [exifData(bytes), iptcData(bytes), xmpData(Buffer.from(bytes).toString())];
      expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    }),
    { numRuns: 500 },
  );
});
