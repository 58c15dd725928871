import readExif from "exif-reader";

/** Tags by their directory and name, such as `Photo.ExposureTime`. */
export type ExifData = Readonly<Record<string, Readonly<Record<string, ExifValue>>>>;

/** A tag's value; dates are ISO 8601 without a zone, as EXIF names none. */
type ExifValue = string | number | readonly number[];

/** EXIF as plain data: places in signed decimal degrees and meters, bytes that are no text left out; empty when broken. */
export function exifData(exif: Uint8Array): ExifData {
  const groups = Object.entries(parsed(exif)).flatMap(([group, tags]) => {
    // Beside the directories stands the byte order; a broken directory is null.
    if (typeof tags !== "object" || tags === null) return [];
    const values = { ...plain(tags), ...(group === "GPSInfo" && place(plain(tags))) };
    const told = Object.entries(values).filter(([name]) => !leftOut.has(name));
    return told.length === 0 ? [] : [[group, Object.fromEntries(told)] as const];
  });
  return Object.fromEntries(groups);
}

function parsed(exif: Uint8Array): object {
  try {
    return readExif(Buffer.from(exif));
  } catch {
    return {};
  }
}

function plain(tags: object): Record<string, ExifValue> {
  const values = Object.entries(tags).map(([name, value]) => [name, plainValue(value)] as const);
  return Object.fromEntries(
    values.filter((entry): entry is [string, ExifValue] => entry[1] !== undefined),
  );
}

function plainValue(value: unknown): ExifValue | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return text(value);
  if (value instanceof Uint8Array) return text(decoded(value));
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 19);
  }
  // A fraction over zero, as cameras write what they don't know, is no number that JSON could hold.
  return Array.isArray(value) && value.length > 0 && value.every(Number.isFinite)
    ? (value as readonly number[])
    : undefined;
}

/** Bytes as text: comments name their encoding first, other fields are UTF-8 where they are text at all. */
function decoded(bytes: Uint8Array): string | undefined {
  const marked = Buffer.from(bytes.subarray(0, 8)).equals(Buffer.from("ASCII\0\0\0"));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(marked ? bytes.subarray(8) : bytes);
  } catch {
    return undefined;
  }
}

function text(value: string | undefined): string | undefined {
  const trimmed = value?.replace(/[\0\s]+$/u, "");
  return trimmed === undefined || trimmed === "" || /[^\P{Cc}\t\n\r]/u.test(trimmed)
    ? undefined
    : trimmed;
}

/** The tags of places, which are told as one signed number. */
const places: ReadonlySet<string> = new Set([
  "GPSLatitude",
  "GPSLongitude",
  "GPSDestLatitude",
  "GPSDestLongitude",
  "GPSAltitude",
]);

/** What has no meaning outside of the file: the signs of places, and where the directories stand. */
const leftOut: ReadonlySet<string> = new Set([
  ...[...places].map((name) => `${name}Ref`),
  "ExifTag",
  "GPSTag",
  "InteroperabilityTag",
]);

/** The tags of a place with 48° 51′ 30″ S as -48.8583333 and 20 m below the sea as -20. */
function place(tags: Readonly<Record<string, ExifValue>>): Record<string, ExifValue> {
  const told: Record<string, ExifValue> = {};
  for (const [name, value] of Object.entries(tags)) {
    const reference = tags[`${name}Ref`];
    if (!places.has(name)) continue;
    const [degrees = 0, minutes = 0, seconds = 0] =
      typeof value === "object" ? value : [Number(value)];
    const sign = reference === "S" || reference === "W" || reference === 1 ? -1 : 1;
    told[name] = sign * Number((degrees + minutes / 60 + seconds / 3600).toFixed(7));
  }
  return told;
}
