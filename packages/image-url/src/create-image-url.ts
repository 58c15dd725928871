import { base64UrlText } from "./bytes.ts";
import type { ImageOptions } from "./image-options.ts";
import { optionPath } from "./option-path.ts";
import { signPath, type SigningPair } from "./sign-path.ts";

/** Where images are served, and how addresses are written. */
export interface ImageUrlSettings {
  /** Such as `https://images.example.com/img`. */
  readonly baseUrl: string;
  /** What to sign with; a server that asks for signatures refuses addresses made without it. */
  readonly signing?: SigningPair;
  /** Bytes of the signature, where the server has them shortened; 32 when left out. */
  readonly signatureSize?: number;
  /** How the source is written; base64 when left out. */
  readonly source?: "base64" | "plain";
}

/** One set of options, or several that run one after the other. */
export type ImageOptionChain = ImageOptions | readonly ImageOptions[];

/** Writes the addresses of images: plain texts, made without any waiting. */
export interface ImageUrl {
  /** The address of a picture made as the options ask; a source is `asset://id`, `local:///key`, `s3://bucket/key` or an http(s) address. */
  image(source: string, options?: ImageOptionChain): string;
  /** The address of what is known about a source, as JSON. */
  info(source: string, options?: { readonly blurhash?: readonly [x: number, y: number] }): string;
}

/** Makes a writer of addresses; throws a TypeError when the signing pair is not in hexadecimal. */
export function createImageUrl({
  baseUrl,
  signing,
  signatureSize,
  source: form = "base64",
}: ImageUrlSettings): ImageUrl {
  const base = baseUrl.replace(/\/+$/u, "");
  const address = (prefix: string, path: string) => {
    const signature = signing ? signPath(path, signing, signatureSize) : "unsafe";
    return `${base}${prefix}/${signature}${path}`;
  };
  const written = (source: string) =>
    form === "plain" ? `/plain/${plainSource(source)}` : `/${base64UrlText(source)}`;
  // A pair that is no pair shall fail here, and not at the first picture.
  if (signing) signPath("/", signing, signatureSize);
  return {
    image: (source, options = {}) =>
      address("", `${optionPath([options].flat())}${written(source)}`),
    info: (source, { blurhash } = {}) =>
      address("/info", `${blurhash ? `/bh:${blurhash.join(":")}` : ""}${written(source)}`),
  };
}

/** The source with what would end or change it in a path escaped. */
function plainSource(source: string): string {
  return encodeURIComponent(source).replaceAll("%2F", "/").replaceAll("%3A", ":");
}
