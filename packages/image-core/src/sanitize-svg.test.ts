import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { sharp } from "./process-settings.ts";
import { readImage } from "./read-image.ts";
import { sanitizeSvg } from "./sanitize-svg.ts";
import { resize } from "./steps/resize.ts";
import { fixture, fixturesPresent, pixelAt, run } from "./testing/index.ts";

const drawing = (inside: string, attributes = "") =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10"${attributes}>${inside}</svg>`,
  );
const clean = (inside: string, attributes = "") =>
  sanitizeSvg(drawing(inside, attributes)).data.toString();

const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#f00" } })
  .png()
  .toBuffer();
const embedded = `data:image/png;base64,${png.toString("base64")}`;

describe("sanitizeSvg leaves out", () => {
  test.each([
    ["scripts", "<script>alert(1)</script>"],
    [
      "scripts in another namespace",
      '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    ],
    ["documents of another kind", "<foreignObject><b>alert</b></foreignObject>"],
    ["handlers", '<rect onload="alert(1)" width="1"/>'],
    ["handlers in capitals", '<rect ONCLICK="alert(1)"/>'],
    ["links that run", '<a xlink:href="javascript:alert(1)"><rect/></a>'],
    [
      "animations that could write one",
      '<a><set attributeName="href" to="javascript:alert(1)"/></a>',
    ],
    ["pictures from elsewhere", '<image href="http://alert.example/a.png"/>'],
    ["pictures from files", '<image xlink:href="file:///alert"/>'],
    ["drawings inside", '<image href="data:image/svg+xml;base64,alert"/>'],
    ["uses from elsewhere", '<use href="alert.svg#a"/>'],
    ["fills from elsewhere", '<rect fill="url(http://alert.example/#a)"/>'],
    ["fills from elsewhere in a style", "<rect style=\"fill:url( '//alert.example' )\"/>"],
    ["imported styles", "<style>@import url(http://alert.example);</style>"],
    ["imported styles in text", '<style>@import "http://alert.example";</style>'],
    ["fonts from elsewhere", "<style>@font-face{src:url(alert.woff)}</style>"],
    ["what hides behind an escape", "<style>rect{fill:\\75rl(http://alert.example)}</style>"],
    [
      "what hides in a CDATA section",
      "<style><![CDATA[rect{fill:url(http://alert.example)}]]></style>",
    ],
    ["other bases", '<g xml:base="http://alert.example"/>'],
    ["processing instructions", '<?xml-stylesheet href="alert.css"?>'],
    ["comments", "<!-- alert -->"],
  ])("%s", (_what, inside) => {
    expect(clean(inside)).not.toMatch(/alert/iu);
  });
});

describe("sanitizeSvg keeps", () => {
  test.each([
    ["shapes and text", '<g transform="scale(2)"><text x="1">a &lt; b</text></g>'],
    ["references to its own parts", '<use href="#a"></use><rect fill="url(#a)"></rect>'],
    ["styles", "<style>rect &gt; a{fill:url(#a);stroke:#123}</style>"],
    ["embedded pictures", `<image xlink:href="${embedded}"></image>`],
    ["prefixes", '<a:rect xmlns:a="http://www.w3.org/2000/svg"></a:rect>'],
  ])("%s", (_what, inside) => {
    expect(clean(inside)).toBe(drawing(inside).toString());
  });

  test("what it made as it is", () => {
    const part = fc.constantFrom("<g a='\"&amp;\n'>", "</g>", "<b/>", "x&lt;y", "<![CDATA[<]]>");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        let once: Buffer;
        try {
          once = sanitizeSvg(drawing(parts.join(""))).data;
        } catch {
          return;
        }
        expect(sanitizeSvg(once).data.equals(once)).toBe(true);
      }),
    );
  });

  test("drawings in other encodings", () => {
    const text = '<svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>';
    const latin = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, "latin1");
    expect(sanitizeSvg(latin).data.toString()).toBe(text);
    expect(sanitizeSvg(Buffer.from(`\uFEFF${text}`, "utf16le")).data.toString()).toBe(text);
  });
});

describe("an SVG", () => {
  test.each([
    [
      "entities",
      '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
      "image.svg_entities",
    ],
    [
      "deep nesting",
      drawing(`${"<g>".repeat(300)}${"</g>".repeat(300)}`).toString(),
      "image.svg_too_deep",
    ],
    [
      "an element that does not end",
      "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
      "image.corrupt",
    ],
    ["an unknown entity", drawing("&nbsp;").toString(), "image.corrupt"],
    [
      "a huge size",
      drawing("").toString().replace('width="20"', 'width="90000"'),
      "image.side_too_long",
    ],
  ])("with %s is refused", async (_what, text, code) => {
    await expect(readImage(Buffer.from(text))).rejects.toMatchObject({
      name: "TintypeError",
      code,
    });
  });

  test("is refused for a bomb inside it", async () => {
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(16_000, 16);
    bomb.writeUInt32BE(16_000, 20);
    // Nothing checks the sum of the header before its size is known.
    const image = `<image href="data:image/png;base64,${bomb.toString("base64")}"/>`;
    await expect(readImage(drawing(image))).rejects.toMatchObject({ name: "TintypeError" });
  });

  test("shows the pictures inside it", async () => {
    const pixels = await (
      await readImage(
        drawing(`<image width="20" height="10" preserveAspectRatio="none" href="${embedded}"/>`),
      )
    ).pixels();
    expect(pixelAt(pixels, 10, 5)).toEqual([255, 0, 0, 255]);
  });

  test("is drawn at the size that is wanted, not drawn small and scaled up", async () => {
    const edge = drawing('<rect x="10" width="10" height="10" fill="#000"/>');
    const large = await run(await readImage(edge), [resize({ width: 800, enlarge: true })]);
    expect(large).toMatchObject({ width: 800, height: 400 });
    const grays = Array.from({ length: 800 }, (_, x) => pixelAt(large, x, 200)[3] ?? 0);
    expect(grays.filter((alpha) => alpha > 0 && alpha < 255).length).toBeLessThanOrEqual(1);
    const small = await run(await readImage(edge), [resize({ width: 2 })]);
    expect(small).toMatchObject({ width: 2, height: 1 });
  });

  test.skipIf(!fixturesPresent)("of a real project looks as it did", async () => {
    const bytes = fixture("check.svg");
    const before = await sharp(bytes).raw().toBuffer();
    expect((await (await readImage(bytes)).pixels()).data.equals(before)).toBe(true);
  });
});
