import { sharp } from "../process-settings.ts";

/** A file that no picture may come of, and the error that each door answers it with. */
export interface HostileFile {
  readonly what: string;
  readonly bytes: () => Promise<Uint8Array>;
  /** The name that it came under. */
  readonly name?: string;
  readonly kind: string;
  readonly code: string;
}

const picture = () => sharp({ create: { width: 64, height: 48, channels: 3, background: "#a52" } });
const png = () => picture().png().toBuffer();

/** One of each kind: empty, unknown, damaged, cut, too large, endless, too deep, and in disguise. */
export const hostileFiles: readonly HostileFile[] = [
  file("nothing", "image.empty", async () => new Uint8Array()),
  file("text", "image.unknown_type", async () => Buffer.from("hello"), "unsupported"),
  file("a header alone", "image.corrupt", async () => Buffer.from("\x89PNG\r\n\x1a\n??", "latin1")),
  ...(["jpeg", "png", "webp", "gif", "tiff", "avif"] as const).map((format) =>
    file(`a ${format} that is cut`, "image.corrupt", async () => {
      const whole = await noise(format);
      return whole.subarray(0, Math.floor(whole.length * 0.7));
    }),
  ),
  file(
    "a PNG of 65,000 × 65,000 px",
    "image.side_too_long",
    bomb(65_000, 65_000),
    "limit_exceeded",
  ),
  file(
    "a PNG of 16,000 × 16,000 px",
    "image.too_many_pixels",
    bomb(16_000, 16_000),
    "limit_exceeded",
  ),
  file(
    "an animation of 1,001 frames",
    "image.too_many_frames",
    () => animation(1001, 2),
    "limit_exceeded",
  ),
  file(
    "an animation of 60 megapixels",
    "image.too_many_pixels",
    () => animation(60, 1000),
    "limit_exceeded",
  ),
  file(
    "an SVG of 300 levels",
    "image.svg_too_deep",
    svgOf("<g>".repeat(300) + "</g>".repeat(300)),
    "limit_exceeded",
  ),
  file("an SVG of entities", "image.svg_entities", async () =>
    Buffer.from(
      `<!DOCTYPE svg [<!ENTITY a "lol">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&a;</svg>`,
    ),
  ),
  file("an SVG of 100,000 px", "image.side_too_long", svgOf("", 100_000), "limit_exceeded"),
  file("a picture and an archive in one", "image.polyglot", async () =>
    Buffer.concat([await png(), Buffer.from("PK\u0005\u0006", "latin1"), Buffer.alloc(18)]),
  ),
  file("a picture and a page in one", "image.polyglot", async () =>
    Buffer.concat([await png(), Buffer.from("<script >alert(1)</script>")]),
  ),
  { ...file("a PNG named JPEG", "image.mislabelled", png), name: "photo.jpg" },
];

function file(
  what: string,
  code: string,
  bytes: HostileFile["bytes"],
  kind = "invalid_input",
): HostileFile {
  return { what, bytes, kind, code };
}

async function noise(format: "jpeg" | "png" | "webp" | "gif" | "tiff" | "avif"): Promise<Buffer> {
  const grain = { type: "gaussian", mean: 128, sigma: 50 } as const;
  const create = { width: 96, height: 96, channels: 3, background: "#000", noise: grain } as const;
  return sharp({ create }).toFormat(format).toBuffer();
}

/** A file of a few bytes whose header announces more than memory holds. */
function bomb(width: number, height: number): HostileFile["bytes"] {
  return async () => {
    const bytes = await png();
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return withChecksum(bytes);
  };
}

/** The header's own checksum, which covers its name and its data. */
async function withChecksum(bytes: Buffer): Promise<Buffer> {
  const { crc32 } = await import("node:zlib");
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** A GIF of so many square frames: the same one again and again, which a few bytes say. */
async function animation(frames: number, side: number): Promise<Buffer> {
  const create = { width: side, height: side, channels: 3, background: "#000" } as const;
  const single = await sharp({ create }).gif().toBuffer();
  // After the header and its color table come the frame's blocks, and the trailer's single byte.
  const start = 13 + 3 * 2 ** (((single[10] as number) & 7) + 1);
  const frame = single.subarray(start, -1);
  return Buffer.concat([
    single.subarray(0, start),
    ...Array.from({ length: frames }, () => frame),
    single.subarray(-1),
  ]);
}

function svgOf(inside: string, side = 9): HostileFile["bytes"] {
  return async () =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${inside}</svg>`,
    );
}
