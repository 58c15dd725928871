import { readImage, recipe, resize, runSteps, sharp } from "@tintype/image-core";
import { solid } from "@tintype/image-core/testing";
import readExif from "exif-reader";
import { describe, expect, test } from "vitest";

import { encode } from "./encode.ts";
import { jpeg } from "./formats/jpeg.ts";
import type { KeptMetadata } from "./keep-metadata.ts";

/** An XMP packet with a creator, and what else is given as attributes and elements. */
function packet(attributes = "", elements = ""): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"${attributes}>${elements}<dc:creator>Ada</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`;
}

const place = ' exif:GPSLatitude="48,51.5N"';

async function source(xmp: string): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 30, channels: 3, background: "#808080" } })
    .withExif({
      IFD0: { Copyright: "Ada & Co", Artist: "Ada", Make: "Cam", DateTime: "2026:01:02 03:04:05" },
      IFD2: { ExposureTime: "1/250", LensModel: "Lens 35" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 51/1 30/1" },
    })
    .withXmp(xmp)
    .withMetadata({ orientation: 6, density: 300 })
    .jpeg()
    .toBuffer();
}

const photo = await source(packet(place, "<exif:GPSLongitude>2,21.1E</exif:GPSLongitude>"));

/** What a file made of the photograph says about itself. */
async function kept(keep: KeptMetadata, { format = "jpeg", bytes = photo } = {}) {
  const { image } = await runSteps(await readImage(bytes), recipe(resize({ width: 20 })));
  const { data } = await encode(image, { format, keep });
  const { exif, xmpAsString: xmp, icc, iptc, orientation = 1 } = await sharp(data).metadata();
  const { Image: tags = {}, Photo: taken = {}, GPSInfo: gps } = exif ? readExif(exif) : {};
  return { exif, xmp, icc, iptc, orientation, tags, taken, gps, text: data.toString("latin1") };
}

describe.each(["png", "jpeg", "webp", "avif"])("a %s file", (format) => {
  test("carries nothing of its source unless asked", async () => {
    const { exif, xmp, icc, iptc, orientation } = await kept([], { format });
    expect({ exif, xmp, icc, iptc, orientation }).toEqual({ orientation: 1 });
  });

  test("keeps the author and the rights, and nothing else, for copyright", async () => {
    const { tags, taken, gps, xmp, icc } = await kept(["copyright"], { format });
    expect(tags).toMatchObject({ Copyright: "Ada & Co", Artist: "Ada" });
    expect(tags).not.toHaveProperty("Make");
    expect(taken).not.toHaveProperty("LensModel");
    expect({ gps, xmp, icc }).toEqual({});
  });

  test("keeps everything but the place for all", async () => {
    const { tags, taken, gps, xmp, icc, orientation, text } = await kept(["all"], { format });
    expect(tags).toMatchObject({
      Copyright: "Ada & Co",
      Make: "Cam",
      DateTime: new Date("2026-01-02T03:04:05Z"),
    });
    expect(taken).toMatchObject({ ExposureTime: 1 / 250, LensModel: "Lens 35" });
    expect(xmp).toContain("<dc:creator>Ada</dc:creator>");
    expect(icc?.length).toBeGreaterThan(100);
    expect(orientation).toBe(1);
    expect(gps).toBeUndefined();
    expect(text).not.toMatch(/GPSL/u);
  });

  test("keeps the place when it is named", async () => {
    const { gps, xmp, tags } = await kept(["gps", "xmp"], { format });
    expect(gps).toMatchObject({ GPSLatitudeRef: "N", GPSLatitude: [48, 51, 30] });
    expect(xmp).toContain("GPSLongitude");
    expect(tags).not.toHaveProperty("Copyright");
  });
});

describe("provenance", () => {
  const provenance = {
    digitalSourceType: "trainedAlgorithmicMedia",
    model: 'Painter "3" & Sons',
    createdAt: "2026-11-21T10:00:00Z",
  };
  const made = { ...solid(20, 20, 1, 2, 3), metadata: { provenance } };
  const told = [
    'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
    'xmp:CreatorTool="Painter &quot;3&quot; &amp; Sons"',
    'xmp:CreateDate="2026-11-21T10:00:00Z"',
  ];

  test.each(["png", "jpeg", "webp", "avif", "tiff", "auto"])(
    "is written into a %s file though nothing is kept",
    async (format) => {
      const { xmpAsString } = await sharp((await encode(made, { format })).data).metadata();
      for (const attribute of told) expect(xmpAsString).toContain(attribute);
    },
  );

  test("survives steps, and stands beside XMP that is kept", async () => {
    const { metadata } = await readImage(photo);
    const image = { ...made, metadata: { ...metadata, provenance } };
    const { image: small } = await runSteps(image, recipe(resize({ width: 9 })));
    const { data } = await encode(small, jpeg({ keep: ["xmp"] }));
    const { xmpAsString } = await sharp(data).metadata();
    for (const part of [...told, "<dc:creator>Ada</dc:creator>"]) {
      expect(xmpAsString).toContain(part);
    }
    expect(xmpAsString?.match(/<rdf:RDF/gu)).toHaveLength(1);
  });
});

describe("keeping metadata", () => {
  test("a TIFF keeps its XMP without the place, and a profile", async () => {
    const { data } = await encode(await readImage(photo), { format: "tiff", keep: ["all"] });
    const { xmpAsString, icc } = await sharp(data).metadata();
    expect(xmpAsString).toContain("<dc:creator>Ada</dc:creator>");
    expect(xmpAsString).not.toMatch(/GPS/u);
    expect(icc?.length).toBeGreaterThan(100);
  });

  test("takes exactly what is named", async () => {
    expect(await kept(["icc"])).toMatchObject({ exif: undefined, xmp: undefined });
    expect((await kept(["icc"])).icc?.length).toBeGreaterThan(100);
    expect(await kept(["xmp"])).toMatchObject({ exif: undefined, icc: undefined });
    const { tags, taken, gps } = await kept(["exif"]);
    expect(tags).toMatchObject({ Make: "Cam", Artist: "Ada" });
    expect(taken).toMatchObject({ LensModel: "Lens 35" });
    expect(gps).toBeUndefined();
  });

  test.each([
    ["attributes", packet(place)],
    ["attributes in single quotes", packet(" exif:GPSLatitude='48,51.5N'")],
    ["elements", packet("", "<exif:GPSLatitude >48,51.5N</exif:GPSLatitude>")],
    ["empty elements", packet("", '<exif:GPSLatitude rdf:value="48,51.5N"/>')],
    [
      "another prefix",
      packet(' drone-dji:GpsLatitude="48.51.5N"', "<e:GPSAltitude>48,51.5</e:GPSAltitude>"),
    ],
  ])("leaves the place out of XMP where it stands in %s", async (_what, xmp) => {
    const { xmp: written } = await kept(["xmp"], { bytes: await source(xmp) });
    expect(written).toContain("<dc:creator>Ada</dc:creator>");
    expect(written).not.toMatch(/gps|48/iu);
  });

  test("drops XMP that names the place in another way", async () => {
    const nested = packet("", "<exif:GPSInfo><rdf:value>48,51.5N</rdf:value></exif:GPSInfo>");
    expect((await kept(["xmp"], { bytes: await source(nested) })).xmp).toBeUndefined();
    expect((await kept(["xmp", "gps"], { bytes: await source(nested) })).xmp).toBe(nested);
  });

  test("is not held up by XMP that is made to be slow", async () => {
    const hostile = packet("", "<e:gps>".repeat(20_000) + " a:gps=".repeat(5_000));
    expect((await kept(["xmp"], { bytes: await source(hostile) })).xmp).toBeUndefined();
  });

  test("makes nothing of broken EXIF", async () => {
    const { image } = await runSteps(await readImage(photo), recipe(resize({ width: 9 })));
    const broken = { ...image, metadata: { exif: new Uint8Array([69, 120, 105, 102, 0, 0, 1]) } };
    const { data } = await encode(broken, jpeg({ keep: ["all"] }));
    expect((await sharp(data).metadata()).exif).toBeUndefined();
  });

  test("writes EXIF in ASCII, as its standard asks", async () => {
    const bytes = await sharp(photo)
      .withExif({ IFD0: { Copyright: "© Zoë Ångström" } })
      .jpeg()
      .toBuffer();
    expect((await kept(["copyright"], { bytes })).tags).toMatchObject({
      Copyright: "(C) Zoe Angstrom",
    });
  });
});
