import { TintypeError } from "@tintype/errors";

import { pictureTypes, type PictureType } from "./detect-format.ts";

const zipEnd = Buffer.from("PK\u0005\u0006");

/** What a second file inside a picture is found by: where its own readers look for it. */
const disguises: readonly { readonly what: string; readonly isIn: (bytes: Buffer) => boolean }[] = [
  { what: "an archive", isIn: endsAsZip },
  { what: "a PDF", isIn: (bytes) => bytes.subarray(0, 1024).includes("%PDF-") },
  {
    what: "a page or a script",
    isIn: (bytes) =>
      [bytes.subarray(0, 1024), bytes.subarray(-1024)].some((part) =>
        /<(?:script|html|\?php)[\s>]/iu.test(part.toString("latin1")),
      ),
  },
];

/** Throws `image.polyglot` when a picture is another kind of file as well, which other programs would take it for. */
export function assertOneFile(bytes: Uint8Array, format: PictureType): void {
  if (format === "svg") return;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const disguise = disguises.find(({ isIn }) => isIn(view));
  if (!disguise) return;
  throw new TintypeError({
    kind: "invalid_input",
    code: "image.polyglot",
    message: `The file is a ${format} picture and ${disguise.what} in one. Save the picture anew and send that.`,
    details: { format },
  });
}

/** Readers of ZIP begin at the end: a record of 22 bytes, then a comment of the length that the record tells. */
function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(-(22 + 65_535));
  for (let at = tail.indexOf(zipEnd); at >= 0; at = tail.indexOf(zipEnd, at + 1)) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
  }
  return false;
}

const extensions: Readonly<Record<string, PictureType>> = {
  ...(Object.fromEntries(Object.keys(pictureTypes).map((type) => [type, type])) as Record<
    PictureType,
    PictureType
  >),
  jpg: "jpeg",
  jpe: "jpeg",
  jfif: "jpeg",
  tif: "tiff",
  heif: "heic",
  dib: "bmp",
};

/** Throws `image.mislabelled` when a file's name ends like another type of picture than its content is. */
export function assertNameFits(name: string, format: PictureType): void {
  const extension = /\.(?<extension>[^./\\]+)$/u.exec(name)?.groups?.["extension"]?.toLowerCase();
  const named = extension === undefined ? undefined : extensions[extension];
  if (named === undefined || named === format) return;
  throw new TintypeError({
    kind: "invalid_input",
    code: "image.mislabelled",
    message: `The file is named .${extension} but is a ${format} picture. Rename it, or send the right file.`,
    details: { format, extension },
  });
}
