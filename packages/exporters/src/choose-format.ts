import type { Image, Pixels } from "@tintype/image-core";

/** What a picture shows, as far as it matters for the choice of a format. */
export interface Content {
  readonly animated: boolean;
  readonly alpha: boolean;
  readonly kind: "photo" | "graphic";
}

/** Formats that are chosen among, and whether to write them without loss. */
export interface Choice {
  readonly format: "jpeg" | "png" | "webp" | "avif" | "gif";
  readonly lossless: boolean;
}

/**
 * Chooses a format by the content and by what the client reads. Without an Accept header these are the formats that
 * every program opens, and WebP where they would be many times larger: for transparent photographs and animations.
 */
export function chooseFormat(
  { animated, alpha, kind }: Content,
  accept?: string,
  lossless = kind === "graphic",
): Choice {
  const webp = accept === undefined ? "rarely" : accepts(accept, "image/webp");
  if (animated) return { format: webp ? "webp" : "gif", lossless };
  if (lossless) return { format: webp === true ? "webp" : "png", lossless };
  if (accept !== undefined && accepts(accept, "image/avif")) return { format: "avif", lossless };
  if (webp === true || (webp && alpha)) return { format: "webp", lossless };
  return { format: alpha ? "png" : "jpeg", lossless };
}

/** Whether a header names a type itself: every browser sends `*`/`*` as well, also one that can't read it. */
function accepts(accept: string, mediaType: string): boolean {
  return accept.split(",").some((range) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    return name === mediaType && !parameters.some((part) => /^q=0(?:\.0*)?$/u.test(part));
  });
}

/** What an image shows: whether any of it is transparent, and whether it looks like a photograph. */
export async function contentOf(image: Image): Promise<Content> {
  const pixels = await image.pixels();
  return {
    animated: image.animation !== undefined,
    alpha: isTransparent(pixels),
    kind: kindOf(pixels),
  };
}

function isTransparent({ data, channels }: Pixels): boolean {
  if (channels === 3) return false;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  return false;
}

const sampledRows = 128;
/** Levels by which neighbors differ where light changes slowly, or by a sensor's noise. */
const slight = 16;

/**
 * A graphic has mostly equal neighbors, and where they differ they do so by much; in a photograph hardly any are equal,
 * and beside a plain background many still differ slightly. Looks at some rows alone.
 */
function kindOf({ data, width, height, channels }: Pixels): Content["kind"] {
  let [equal, slightly, pairs] = [0, 0, 0];
  const skip = Math.max(1, Math.floor(height / sampledRows));
  for (let y = 0; y < height; y += skip) {
    for (let x = 1; x < width; x += 1) {
      const at = (y * width + x) * channels;
      if (channels === 4 && data[at + 3] === 0) continue;
      const apart = Math.max(
        ...[0, 1, 2].map((channel) =>
          Math.abs((data[at + channel] as number) - (data[at + channel - channels] as number)),
        ),
      );
      pairs += 1;
      if (apart === 0) equal += 1;
      else if (apart <= slight) slightly += 1;
    }
  }
  return equal >= 0.5 * pairs && slightly <= 0.2 * pairs ? "graphic" : "photo";
}
