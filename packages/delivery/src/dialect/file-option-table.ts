import { deliveryError } from "../delivery-error.ts";
import { outputFormats } from "./output-formats.ts";
import type { FileOptions } from "./processing-options.ts";
import { readBase64, readCount, readNumber, readSwitch } from "./read-argument.ts";

/** An option of the file; `before` is what came before it in the same address. */
interface FileOption {
  readonly names: readonly string[];
  readonly most: number;
  readonly read: (values: readonly string[], before: FileOptions) => Partial<FileOptions>;
}

function single<Name extends keyof FileOptions>(
  names: readonly string[],
  key: Name,
  read: (text: string) => FileOptions[Name],
): FileOption {
  return { names, most: 1, read: ([text = ""]) => ({ [key]: read(text) }) };
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
  single(["strip_metadata", "sm"], "stripMetadata", readSwitch),
  single(["keep_copyright", "kcr"], "keepCopyright", readSwitch),
  single(["strip_color_profile", "scp"], "stripColorProfile", readSwitch),
  single(["quality", "q"], "quality", (text) => (text === "0" ? 0 : quality(text))),
  {
    names: ["format_quality", "fq"],
    most: 100,
    read: (values, { formatQuality }) => {
      const pairs = values.flatMap((text, index) =>
        index % 2 === 0 ? [[readFormat(text), quality(values[index + 1] ?? "")] as const] : [],
      );
      return { formatQuality: { ...formatQuality, ...Object.fromEntries(pairs) } };
    },
  },
  single(["max_bytes", "mb"], "maxBytes", readCount),
  single(["format", "f", "ext"], "format", readFormat),
  {
    names: ["skip_processing", "skp"],
    most: 100,
    read: (values, { skipProcessing }) => ({
      skipProcessing: [...skipProcessing, ...values.map(readFormat)],
    }),
  },
  single(["raw"], "raw", readSwitch),
  single(["cachebuster", "cb"], "cachebuster", (text) => text),
  single(["expires", "exp"], "expires", (text) => readNumber(text, 0, 1e12)),
  {
    names: ["filename", "fn"],
    most: 2,
    read: ([name = "", encoded = ""]) => ({
      filename: readSwitch(encoded) ? readBase64(name) : name,
    }),
  },
  single(["return_attachment", "att"], "attachment", readSwitch),
];
