import { deliveryError } from "../delivery-error.ts";
import type { DeclaredOption } from "./declared-option.ts";
import { outputFormats } from "./output-formats.ts";
import type { FileOptions } from "./processing-options.ts";
import { readBase64, readCount, readNumber, readSwitch } from "./read-argument.ts";

/** An option of the file; `before` is what came before it in the same address. */
interface FileOption extends DeclaredOption {
  readonly read: (values: readonly string[], before: FileOptions) => Partial<FileOptions>;
}

function single<Name extends keyof FileOptions>(
  names: readonly string[],
  takes: string,
  summary: string,
  key: Name,
  read: (text: string) => FileOptions[Name],
): FileOption {
  return { names, takes: [takes], summary, read: ([text = ""]) => ({ [key]: read(text) }) };
}

const quality = (text: string) => readNumber(text, 1, 100);

/** The format that a file extension names; throws for one that can't be written. */
export function readFormat(text: string): string {
  const format = outputFormats[text.toLowerCase()];
  if (format !== undefined) return format;
  const known = Object.keys(outputFormats).join(", ");
  throw deliveryError(
    "unsupported_format",
    `There is no format ${JSON.stringify(text.slice(0, 20))}. Known: ${known}.`,
  );
}

/** Every option of the file, in the order of imgproxy's documentation. */
export const fileOptionTable: readonly FileOption[] = [
  single(
    ["strip_metadata", "sm"],
    "ON",
    "Whether EXIF, XMP and IPTC go; they do unless `0` says no.",
    "stripMetadata",
    readSwitch,
  ),
  single(
    ["keep_copyright", "kcr"],
    "ON",
    "Whether copyright and author stay where metadata goes; they do unless `0` says no.",
    "keepCopyright",
    readSwitch,
  ),
  single(
    ["strip_color_profile", "scp"],
    "ON",
    "Whether colors are turned to sRGB and the profile goes; so it is unless `0` says no.",
    "stripColorProfile",
    readSwitch,
  ),
  single(
    ["quality", "q"],
    "QUALITY",
    "1 to 100 for JPEG, WebP and AVIF; 0 is the format's own.",
    "quality",
    (text) => (text === "0" ? 0 : quality(text)),
  ),
  {
    names: ["format_quality", "fq"],
    takes: ["FORMAT", "QUALITY…"],
    summary: "Qualities by format, where no quality is asked for.",
    read: (values, { formatQuality }) => {
      const pairs = values.flatMap((text, index) =>
        index % 2 === 0 ? [[readFormat(text), quality(values[index + 1] ?? "")] as const] : [],
      );
      return { formatQuality: { ...formatQuality, ...Object.fromEntries(pairs) } };
    },
  },
  single(
    ["max_bytes", "mb"],
    "BYTES",
    "The best quality that stays within so many bytes, or the smallest there is.",
    "maxBytes",
    readCount,
  ),
  single(
    ["format", "f", "ext"],
    "FORMAT",
    `The format of the file: ${Object.keys(outputFormats).join(", ")}; \`best\` tries several.`,
    "format",
    readFormat,
  ),
  {
    names: ["skip_processing", "skp"],
    takes: ["FORMAT…"],
    summary: "Sources of these formats are given out as they are.",
    read: (values, { skipProcessing }) => ({
      skipProcessing: [...skipProcessing, ...values.map(readFormat)],
    }),
  },
  single(
    ["raw"],
    "ON",
    "The source as it is, of any type, checked for its size alone; browsers save what holds more than pixels, such as an SVG, instead of opening it.",
    "raw",
    readSwitch,
  ),
  single(
    ["cachebuster", "cb"],
    "TEXT",
    "Any text: another one makes another address, and a new image.",
    "cachebuster",
    (text) => text,
  ),
  single(
    ["expires", "exp"],
    "SECONDS",
    "When the address ends, in seconds since 1970.",
    "expires",
    (text) => readNumber(text, 0, 1e12),
  ),
  {
    names: ["filename", "fn"],
    takes: ["NAME", "ENCODED"],
    summary:
      "The name without an extension under which the file is saved; in URL-safe base64 where the second is 1.",
    read: ([name = "", encoded = ""]) => ({
      filename: readSwitch(encoded) ? readBase64(name) : name,
    }),
  },
  single(
    ["return_attachment", "att"],
    "ON",
    "Whether browsers save the file instead of showing it.",
    "attachment",
    readSwitch,
  ),
];
