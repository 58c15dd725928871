import { defineSettings } from "../define-settings.ts";
import { flag, integer, listOf, milliseconds, oneOf, seconds, text } from "../setting-types.ts";

const hex = /^(?:[\da-f]{2})+$/iu;
const source = text(/^(?:[a-z\d]+:\/\/)?\S+$/iu, "a source such as `local:///logo.png`");

/** How images are handed out by URL. */
export const imageUrlSettings = defineSettings({
  title: "Images by URL",
  settings: {
    keys: {
      name: "IMG_KEYS",
      aliases: ["IMGPROXY_KEY"],
      description:
        "Keys that addresses of images are signed with, in hexadecimal, with commas between them: the one in use first. Each goes with the salt at its place.",
      type: listOf(hex, "hexadecimal texts with commas between them"),
      default: "",
      example: "$(openssl rand -hex 32)",
      secret: true,
    },
    salts: {
      name: "IMG_SALTS",
      aliases: ["IMGPROXY_SALT"],
      description: "Salts that go with the keys, in hexadecimal, with commas between them.",
      type: listOf(hex, "hexadecimal texts with commas between them"),
      default: "",
      example: "$(openssl rand -hex 32)",
      secret: true,
    },
    signatureSize: {
      name: "IMG_SIGNATURE_SIZE",
      aliases: ["IMGPROXY_SIGNATURE_SIZE"],
      description: "How many bytes of a signature addresses carry.",
      type: integer({ min: 4, max: 32 }),
      default: "32",
      unit: "bytes",
      example: "16",
    },
    allowUnsigned: {
      name: "IMG_UNSIGNED",
      description:
        "Whether addresses may come unsigned. Anybody can then have any picture made in any size; allow presets alone with it.",
      type: flag(),
      default: "false",
      example: "true",
    },
    presets: {
      name: "IMG_PRESETS",
      aliases: ["IMGPROXY_PRESETS"],
      description:
        "Named options, as `name=option:value/option:value` with commas between them; one named `default` holds for every address.",
      type: listOf(/^[^=\s]+=\S+$/u, "presets such as `card=rs:fill:300:400/g:sm`"),
      default: "",
      example: "card=rs:fill:300:400/g:sm,icon=rs:fit:64:64/f:png",
    },
    onlyPresets: {
      name: "IMG_ONLY_PRESETS",
      aliases: ["IMGPROXY_ONLY_PRESETS"],
      description: "Whether addresses name presets alone, in the place of options.",
      type: flag(),
      default: "false",
      example: "true",
    },
    buildAhead: {
      name: "IMG_BUILD_AHEAD",
      description:
        "Presets whose images are made of each picture as it is uploaded, with commas between them.",
      type: listOf(/^[^:/\s]+$/u, "names of presets with commas between them"),
      default: "",
      example: "card,icon",
    },
    baseUrl: {
      name: "IMG_BASE_URL",
      aliases: ["IMGPROXY_BASE_URL"],
      description: "What is put before sources without a scheme.",
      type: source,
      example: "https://example.com/images/",
    },
    allowedSources: {
      name: "IMG_ALLOWED_SOURCES",
      aliases: ["IMGPROXY_ALLOWED_SOURCES"],
      description: "What sources must begin with, with commas between them; any when empty.",
      type: listOf(/^\S+$/u, "beginnings of sources with commas between them"),
      default: "",
      example: "local:///public/,asset://",
    },
    avif: {
      name: "IMG_AVIF",
      aliases: ["IMGPROXY_AUTO_AVIF"],
      description: "Whether addresses without a format give AVIF to clients that accept it.",
      type: flag(),
      default: "false",
      example: "true",
    },
    webp: {
      name: "IMG_WEBP",
      aliases: ["IMGPROXY_AUTO_WEBP"],
      description: "Whether addresses without a format give WebP to clients that accept it.",
      type: flag(),
      default: "false",
      example: "true",
    },
    clientHints: {
      name: "IMG_CLIENT_HINTS",
      aliases: ["IMGPROXY_ENABLE_CLIENT_HINTS"],
      description:
        "Whether the width and the pixel ratio that a client hints at hold for addresses that name none.",
      type: flag(),
      default: "false",
      example: "true",
    },
    ttlSeconds: {
      name: "IMG_TTL",
      aliases: ["IMGPROXY_TTL"],
      description: "How long clients and proxies may keep an image.",
      type: seconds({ min: 0, max: 31_536_000 }),
      default: "1d",
      unit: "seconds",
      example: "30d",
    },
    expired: {
      name: "IMG_EXPIRED",
      description: "How an address that has ended is answered: 410 says so, 404 does not.",
      type: oneOf(["410", "404"]),
      default: "410",
      example: "404",
    },
    debugHeaders: {
      name: "IMG_DEBUG_HEADERS",
      aliases: ["IMGPROXY_ENABLE_DEBUG_HEADERS"],
      description: "Whether answers tell the size of source and result in headers.",
      type: flag(),
      default: "false",
      example: "true",
    },
    watermark: {
      name: "IMG_WATERMARK",
      aliases: ["IMGPROXY_WATERMARK_URL"],
      description: "The source of the picture that the option `watermark` lays on.",
      type: source,
      example: "local:///logo.png",
    },
    fallback: {
      name: "IMG_FALLBACK",
      aliases: ["IMGPROXY_FALLBACK_IMAGE_URL"],
      description: "The source of the picture that stands in for one that can't be had.",
      type: source,
      example: "local:///missing.png",
    },
    fallbackStatus: {
      name: "IMG_FALLBACK_STATUS",
      aliases: ["IMGPROXY_FALLBACK_IMAGE_HTTP_CODE"],
      description: "The HTTP status of a picture that stands in for another.",
      type: integer({ min: 200, max: 599 }),
      default: "200",
      example: "404",
    },
    fallbackTtlSeconds: {
      name: "IMG_FALLBACK_TTL",
      aliases: ["IMGPROXY_FALLBACK_IMAGE_TTL"],
      description: "How long clients and proxies may keep a picture that stands in for another.",
      type: seconds({ min: 0, max: 31_536_000 }),
      default: "60",
      unit: "seconds",
      example: "10m",
    },
    sourceTtlMs: {
      name: "IMG_SOURCE_TTL",
      description: "How long a picture from the web or from a bucket counts as unchanged.",
      type: milliseconds({ min: 0, max: 86_400_000 }),
      default: "5m",
      unit: "seconds",
      example: "1h",
    },
  },
  check: ({ keys, salts }) =>
    keys.length === salts.length
      ? {}
      : { salts: "must be as many as IMG_KEYS: each key goes with the salt at its place" },
});
