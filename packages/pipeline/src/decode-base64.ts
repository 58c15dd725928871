import { TintypeError } from "@tintype/errors";

/** Decodes base64, plain or as a `data:` URL; throws `source.invalid_base64` for anything else, also for nothing. */
export function decodeBase64(text: string): Buffer {
  const encoded = text.slice(headerLength(text)).trim();
  const bytes = Buffer.from(encoded, "base64");
  // Node skips what is not base64, so that only the length shows it.
  const digits = encoded.length - (/[=]{0,2}$/u.exec(encoded.slice(-2))?.[0].length ?? 0);
  // A single digit at the end is half a byte: the text was cut.
  if (digits === 0 || digits % 4 === 1 || bytes.length !== Math.floor((digits * 3) / 4)) {
    throw new TintypeError({
      kind: "invalid_input",
      code: "source.invalid_base64",
      message:
        "The picture is not valid base64. Send the file's bytes in base64, without line breaks.",
    });
  }
  return bytes;
}

/** The length of `data:image/png;base64,` where a text begins with it. */
function headerLength(text: string): number {
  return /^data:[^,]{0,200};base64,/iu.exec(text.slice(0, 256))?.[0].length ?? 0;
}
