import type { Pixels } from "../image.ts";
import { sharp } from "../process-settings.ts";
import type { Decodable, HeaderFacts } from "./decoder.ts";

/** A picture that is not decoded by sharp but by `decode`, once, when it is first needed. */
export function decodedHere(
  { width, height, hasAlpha }: Pick<HeaderFacts, "width" | "height" | "hasAlpha">,
  decode: () => Pixels | Promise<Pixels>,
): Decodable {
  let pending: Promise<Buffer> | undefined;
  const samples = async () => {
    const { data, ...size } = await decode();
    if (size.width !== width || size.height !== height) throw new Error("not the header's size");
    return hasAlpha ? data : withoutAlpha(data);
  };
  return {
    facts: {
      width,
      height,
      hasAlpha,
      pages: 1,
      depth: 8,
      colorSpace: "srgb",
      hasProfile: false,
      orientation: 1,
    },
    metadata: {},
    open() {
      const instance = sharp({
        raw: { width, height, channels: hasAlpha ? 4 : 3 },
        limitInputPixels: false,
      });
      pending ??= samples();
      // Without its samples the instance fails by itself, as it does on a damaged file.
      pending.then(
        (data) => instance.end(data),
        () => instance.end(),
      );
      return instance;
    },
  };
}

function withoutAlpha(rgba: Buffer): Buffer {
  const data = Buffer.allocUnsafe((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    data[to] = rgba[from] as number;
    data[to + 1] = rgba[from + 1] as number;
    data[to + 2] = rgba[from + 2] as number;
  }
  return data;
}
