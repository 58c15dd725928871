import { encode, probe } from "@tintype/exporters";
import { readImage, sharp } from "@tintype/image-core";
import { paint } from "@tintype/image-core/testing";
import { beforeAll, describe, expect, test } from "vitest";

import type { Delivery } from "./delivery.ts";
import { colorsAt, noise, plainPng, quarters } from "./testing/pictures.ts";
import { failureOf, testDelivery } from "./testing/test-delivery.ts";

let delivery: Delivery;

beforeAll(async () => {
  const files = {
    "a.png": await quarters(),
    "mark.png": await plainPng(8, 4, 0, 0, 0),
    "clear.png": await plainPng(40, 40, 255, 0, 0, 0),
    "framed.png": await framed(),
    "noise.png": await noise(),
  };
  ({ delivery } = await testDelivery(files, { watermark: "local:///mark.png" }));
});

/** A red square of 20 px on white, 10 px from the left and the top of 60 × 40 px. */
async function framed(): Promise<Buffer> {
  const image = paint(60, 40, 3, (x, y, channel) =>
    channel === 0 || x < 10 || x >= 30 || y < 10 || y >= 30 ? 255 : 0,
  );
  return (await encode(image, { format: "png" })).data;
}

const image = (options: string, source = "a.png") =>
  delivery.image(`/_/${options === "" ? "" : `${options}/`}plain/local:///${source}`);

/** The bytes of a JPEG. */
const sizeOf = async (options: string) =>
  (await image(`f:jpg/${options}`, "noise.png")).bytes.length;

/** Whether a JPEG holds a color profile. */
const hasProfile = async (options: string) => {
  const { bytes } = await image(`f:jpg/${options}`);
  return (await sharp(bytes).metadata()).icc !== undefined;
};

describe("an option", () => {
  /** Options in their long and short names, the size of the result, and its colors at some places. */
  const table: readonly (readonly [
    options: readonly string[],
    size: string,
    places?: readonly (readonly [number, number])[],
    colors?: string,
  ])[] = [
    [
      ["resize:fill:20:20", "rs:fill:20:20"],
      "20×20",
      [
        [2, 2],
        [17, 17],
      ],
      "r w",
    ],
    [["size:40:40", "s:40:40"], "40×20"],
    [["rs:fit:40:0", "width:40", "w:40"], "40×20"],
    [["height:10", "h:10"], "20×10"],
    [["resizing_type:force/w:10", "rt:force/w:10"], "10×40"],
    [["rt:auto/w:20/h:10", "rs:auto:20:10"], "20×10"],
    [["rs:auto:10:20"], "10×5"],
    [["rs:fill-down:200:200"], "40×40"],
    [["rs:fill:200:30"], "80×30"],
    [["min-width:40/w:20/h:20", "mw:40/s:20:20"], "20×20"],
    [["min-height:30/h:10", "mh:30/h:10"], "60×10"],
    [["zoom:0.5", "z:0.5"], "40×20"],
    [["zoom:0.5:0.25", "z:0.5:0.25"], "40×10"],
    [["dpr:2/w:20"], "40×20"],
    [["dpr:2/w:20/pd:5"], "60×40"],
    [["dpr:4/w:80"], "80×40"],
    [["dpr:0.5/w:40"], "20×10"],
    [["enlarge:1/w:160", "el:t/w:160", "rs:fit:160:0:true"], "160×80"],
    [["w:160"], "80×40"],
    [
      ["extend:1/s:100:60/bg:000", "ex:1/s:100:60/bg:000", "s:100:60:0:1/bg:000"],
      "100×60",
      [
        [1, 1],
        [11, 11],
      ],
      "k r",
    ],
    [
      ["ex:1:soea/s:100:60/bg:000"],
      "100×60",
      [
        [1, 1],
        [22, 22],
        [99, 59],
      ],
      "k r w",
    ],
    [
      ["ex:1:nowe:5:8/s:100:60/bg:000"],
      "100×60",
      [
        [4, 8],
        [5, 7],
        [5, 8],
      ],
      "k k r",
    ],
    [
      [
        "extend_aspect_ratio:1/s:40:40/bg:000",
        "extend_ar:1/s:40:40/bg:000",
        "exar:1/s:40:40/bg:000",
      ],
      "40×40",
      [
        [1, 1],
        [1, 11],
      ],
      "k r",
    ],
    [["gravity:no/rs:fill:80:20", "g:no/rs:fill:80:20"], "80×20", [[1, 19]], "r"],
    [["g:so/rs:fill:80:20"], "80×20", [[1, 1]], "b"],
    [["g:ea/rs:fill:20:40"], "20×40", [[1, 1]], "g"],
    [
      ["g:we:30/rs:fill:20:40"],
      "20×40",
      [
        [8, 1],
        [11, 1],
      ],
      "r g",
    ],
    [["g:we:0.5/rs:fill:20:40"], "20×40", [[1, 1]], "g"],
    [["g:fp:1:0.5/rs:fill:20:40"], "20×40", [[1, 1]], "g"],
    [
      ["crop:20:20", "c:20:20"],
      "20×20",
      [
        [1, 1],
        [18, 18],
      ],
      "r w",
    ],
    [["c:20:20:nowe"], "20×20", [[19, 19]], "r"],
    [
      ["c:20:20:soea:5:5"],
      "20×20",
      [
        [1, 1],
        [14, 14],
      ],
      "g w",
    ],
    [["c:0.25:0"], "20×40"],
    [["c:20:20:sowe/w:10"], "10×10", [[1, 1]], "b"],
    [["c:30:0.5:fp:0:0"], "30×20", [[29, 19]], "r"],
    [
      ["padding:1:2:3:4/bg:000", "pd:1:2:3:4/bg:000"],
      "86×44",
      [
        [3, 0],
        [4, 1],
        [83, 40],
        [84, 40],
      ],
      "k r w k",
    ],
    [
      ["pd:10/bg:000"],
      "100×60",
      [
        [9, 9],
        [10, 10],
      ],
      "k r",
    ],
    [["pd:1:2"], "84×42"],
    [
      ["rotate:90", "rot:90", "rot:-270"],
      "40×80",
      [
        [1, 1],
        [38, 1],
      ],
      "b r",
    ],
    [["rot:180"], "80×40", [[1, 1]], "w"],
    [["rot:90/w:20"], "20×40"],
    [["flip:1:0", "fl:1"], "80×40", [[1, 1]], "g"],
    [["fl:0:1"], "80×40", [[1, 1]], "b"],
    [
      ["blur:4", "bl:4"],
      "80×40",
      [
        [1, 1],
        [40, 1],
      ],
      "r ~",
    ],
    [["sharpen:1", "sh:1"], "80×40", [[1, 1]], "r"],
    [
      ["pixelate:40", "pix:40"],
      "80×40",
      [
        [1, 1],
        [1, 38],
      ],
      "~ ~",
    ],
    [
      ["watermark:1:nowe:2:3", "wm:1:nowe:2:3"],
      "80×40",
      [
        [1, 3],
        [2, 3],
        [9, 6],
        [10, 6],
      ],
      "r k k r",
    ],
    [
      ["wm:1:soea:0:0:0.5"],
      "80×40",
      [
        [41, 21],
        [79, 39],
        [39, 39],
      ],
      "k k b",
    ],
    [
      ["wm:1:ce:-1000"],
      "80×40",
      [
        [0, 19],
        [1, 19],
      ],
      "k r",
    ],
    [
      ["wm:1:re:8:4"],
      "80×40",
      [
        [4, 2],
        [3, 2],
        [20, 10],
        [12, 2],
      ],
      "k r k r",
    ],
    [["wm:0.5"], "80×40", [[37, 18]], "~"],
    [["wm:0"], "80×40", [[37, 18]], "r"],
    [
      [
        "watermark_url:bG9jYWw6Ly8vYS5wbmc/wm:1:no:0:0:0.5",
        "wmu:bG9jYWw6Ly8vYS5wbmc/wm:1:no:0:0:0.5",
      ],
      "80×40",
      [
        [58, 1],
        [22, 18],
      ],
      "g b",
    ],
    [["adjust::1:0", "a::1:0", "saturation:0", "sa:0"], "80×40", [[1, 1]], "~"],
    [
      ["gradient:1:000:right", "gr:1:000:right", "gr:1:000:270"],
      "80×40",
      [
        [0, 1],
        [79, 1],
      ],
      "r k",
    ],
    [
      ["gr:1:ffffff:down:0.5"],
      "80×40",
      [
        [1, 1],
        [1, 19],
        [1, 39],
      ],
      "r r w",
    ],
    [
      ["w:40/-/rot:90/-/h:20"],
      "10×20",
      [
        [1, 1],
        [8, 1],
      ],
      "b r",
    ],
  ];

  test.each(
    table.flatMap(([all, size, places = [], colors = ""]) =>
      all.map((options) => [options, size, places, colors] as const),
    ),
  )("%s makes %s", async (options, size, places, colors) => {
    const { width, height, bytes } = await image(options);
    expect(`${width}×${height}`).toBe(size);
    expect(await colorsAt(bytes, ...places)).toBe(colors);
  });

  test.each([
    ["t:10", "20×20"],
    ["trim:10:ffffff", "20×20"],
    ["t:10::1", "40×20"],
    ["t:10::1:1/w:20", "20×10"],
    ["t:10/pd:5", "30×30"],
  ])("%s trims to %s", async (options, size) => {
    const { width, height } = await image(options, "framed.png");
    expect(`${width}×${height}`).toBe(size);
  });

  test("trim leaves a picture that has nothing in it as it is", async () => {
    expect(await image("t:10", "clear.png")).toMatchObject({ width: 40, height: 40 });
  });

  test("gravity sm keeps what the content says, before scaling and after", async () => {
    const found = await Promise.all([
      image("rs:fill:20:20/g:sm", "framed.png"),
      image("c:20:20:sm", "framed.png"),
    ]);
    for (const { bytes, width, height } of found) {
      expect({ width, height }).toEqual({ width: 20, height: 20 });
      expect(await colorsAt(bytes, [10, 10])).toBe("r");
    }
  });

  test("background lies behind transparency", async () => {
    const opaque = await image("background:0:0:255", "clear.png");
    expect(await colorsAt(opaque.bytes, [1, 1])).toBe("b");
    const clear = await image("bg:0000ff/bg:", "clear.png");
    expect(await colorsAt(clear.bytes, [1, 1])).toBe("-");
  });

  test.each([
    ["f:jpg", "image/jpeg"],
    ["ext:webp", "image/webp"],
    ["format:gif", "image/gif"],
    ["f:avif", "image/avif"],
    ["f:tiff", "image/tiff"],
    ["f:best", "image/png"],
    ["", "image/png"],
  ])("%s makes %s", async (options, mediaType) => {
    const { bytes, ...file } = await image(options);
    expect(file.mediaType).toBe(mediaType);
    expect((await readImage(bytes)).source.mediaType).toBe(mediaType);
  });

  test("quality counts over format_quality, and that over the format's own", async () => {
    const low = await sizeOf("quality:10");
    expect(await sizeOf("q:10")).toBe(low);
    expect(await sizeOf("format_quality:png:90:jpg:10")).toBe(low);
    expect(await sizeOf("fq:jpg:90/q:10")).toBe(low);
    expect(await sizeOf("q:0")).toBeGreaterThan(low);
  });

  test("max_bytes bounds the file, as far as any quality can", async () => {
    const { bytes } = await image("f:webp", "noise.png");
    const most = Math.round(bytes.length / 2);
    const less = await image(`f:webp/max_bytes:${most}`, "noise.png");
    expect(less.bytes.length).toBeLessThanOrEqual(most);
    expect((await image("mb:10/f:jpg")).mediaType).toBe("image/jpeg");
  });

  test("skip_processing gives sources of a format out as they are, unless another is asked for", async () => {
    const source = await quarters();
    const [skipped, made, raw] = [
      await image("skp:png:gif/w:10"),
      await image("skip_processing:png/w:10/f:jpg"),
      await image("raw:1/w:10"),
    ];
    expect(Buffer.from(skipped.bytes)).toEqual(source);
    expect(made.width).toBe(10);
    expect(Buffer.from(raw.bytes)).toEqual(source);
    expect([skipped.original, made.original, raw.original]).toEqual([true, false, true]);
  });

  test("filename and return_attachment name the file", async () => {
    expect(await image("fn:cup%20of%20tea/att:1")).toMatchObject({
      filename: "cup of tea.png",
      attachment: true,
    });
    const encoded = Buffer.from("Täßchen").toString("base64url");
    expect(await image(`filename:${encoded}:1/return_attachment:0/f:webp`)).toMatchObject({
      filename: "Täßchen.webp",
      attachment: false,
    });
    expect(await image("")).toMatchObject({ filename: "a.png" });
  });

  test("cachebuster changes nothing in the picture", async () => {
    expect((await image("cb:abc")).sha256).toBe((await image("cachebuster:x")).sha256);
  });

  test.each([
    "foo:1",
    "w:-1",
    "w:a",
    "w:1:2",
    "rs:cover",
    "g:up",
    "g:fp:2:0",
    "rot:45",
    "bg:12",
    "q:101",
    "f:exe",
    "dpr:0",
    "wm:2",
    "a:300",
    "fn:%E0%A4%A",
    "c:1:1:sm:1",
  ])("%s is refused", async (options) => {
    const { kind, code } = await failureOf(() => image(options));
    expect(code).toMatch(/^delivery\./u);
    expect(kind).toMatch(/^(?:invalid_input|unsupported)$/u);
  });
});

describe("metadata", () => {
  test("is left out but for the copyright, and kept where that is asked for", async () => {
    const described = await sharp(await quarters())
      .withExif({ IFD0: { Copyright: "Ada", Software: "Pen" } })
      .jpeg()
      .toBuffer();
    const { delivery: other } = await testDelivery({ "a.jpg": described });
    const tags = async (options: string) => {
      const { bytes } = await other.image(`/_/${options}/plain/local:///a.jpg`);
      const { exif } = await probe(bytes);
      return [/Ada/u, /Pen/u].map((text) => text.test(JSON.stringify(exif)));
    };
    expect(await tags("w:20")).toEqual([true, false]);
    expect(await tags("strip_metadata:1/keep_copyright:0")).toEqual([false, false]);
    expect(await tags("sm:0/kcr:0")).toEqual([true, true]);
  });

  test("a color profile is kept where that is asked for", async () => {
    expect([await hasProfile("strip_color_profile:0"), await hasProfile("scp:1")]).toEqual([
      true,
      false,
    ]);
  });
});

describe("auto_rotate", () => {
  test.each([2, 3, 4, 5, 6, 7, 8])(
    "turned off gives orientation %i as its file lies",
    async (orientation) => {
      const turned = await sharp(await quarters())
        .withMetadata({ orientation })
        .png()
        .toBuffer();
      const { delivery: other } = await testDelivery({ "a.png": turned });
      const { bytes, width, height } = await other.image("/_/ar:0/plain/local:///a.png");
      expect({ width, height }).toEqual({ width: 80, height: 40 });
      expect(await colorsAt(bytes, [1, 1], [78, 1], [1, 38])).toBe("r g b");
    },
  );
});
