/** What a picture's IPTC block says, by the names below; fields that can be repeated are lists. */
export type IptcData = Readonly<Record<string, string | readonly string[]>>;

/** The datasets of record 2 that are told. Source: IPTC-NAA Information Interchange Model 4.2 (2014). */
const names: Readonly<Record<number, string>> = {
  5: "title",
  10: "urgency",
  15: "category",
  20: "supplementalCategories",
  25: "keywords",
  40: "instructions",
  55: "dateCreated",
  60: "timeCreated",
  80: "byline",
  85: "bylineTitle",
  90: "city",
  92: "sublocation",
  95: "provinceState",
  100: "countryCode",
  101: "country",
  103: "transmissionReference",
  105: "headline",
  110: "credit",
  115: "source",
  116: "copyright",
  118: "contact",
  120: "caption",
  122: "captionWriter",
};

const lists: ReadonlySet<string> = new Set([
  "supplementalCategories",
  "keywords",
  "byline",
  "bylineTitle",
  "contact",
]);

interface Dataset {
  readonly record: number;
  readonly number: number;
  readonly value: Buffer;
}

/** IPTC-IIM as plain data, alone or in Photoshop's block, as JPEG holds it; what is broken ends the reading. */
export function iptcData(block: Uint8Array): IptcData {
  const sets = [...datasets(iimOf(Buffer.from(block)))];
  // ISO 2022's escape for UTF-8; other encodings are hardly ever named, and then not to be relied on.
  const isUtf8 = sets.some(
    ({ record, number, value }) =>
      record === 1 && number === 90 && value.toString("latin1") === "\u001B%G",
  );
  const told = new Map<string, string | string[]>();
  for (const { record, number, value } of sets) {
    const name = record === 2 ? names[number] : undefined;
    const text = decoded(value, isUtf8);
    if (name === undefined || text === "") continue;
    const before = told.get(name);
    if (Array.isArray(before)) before.push(text);
    else if (lists.has(name)) told.set(name, [text]);
    else if (before === undefined) told.set(name, name === "dateCreated" ? isoDate(text) : text);
  }
  return Object.fromEntries(told);
}

function* datasets(iim: Buffer): Generator<Dataset> {
  let at = 0;
  while (at + 5 <= iim.length && iim[at] === 0x1c) {
    const size = iim.readUInt16BE(at + 3);
    // The highest bit marks a size that is itself longer, for files of megabytes: no text.
    if (size > 0x7fff || at + 5 + size > iim.length) return;
    const [record = 0, number = 0] = iim.subarray(at + 1, at + 3);
    yield { record, number, value: iim.subarray(at + 5, at + 5 + size) };
    at += 5 + size;
  }
}

/** The resource 0x0404 of Photoshop's block; a block that is none of Photoshop's is IIM already. */
function iimOf(block: Buffer): Buffer {
  const header = "Photoshop 3.0\0";
  let at = block.toString("latin1", 0, header.length) === header ? header.length : 0;
  if (at === 0 && block.toString("latin1", 0, 4) !== "8BIM") return block;
  while (at + 12 <= block.length && block.toString("latin1", at, at + 4) === "8BIM") {
    const id = block.readUInt16BE(at + 4);
    const sizeAt = at + 6 + even(1 + (block[at + 6] as number));
    if (sizeAt + 4 > block.length) break;
    const size = block.readUInt32BE(sizeAt);
    if (id === 0x0404) return block.subarray(sizeAt + 4, sizeAt + 4 + size);
    at = sizeAt + 4 + even(size);
  }
  return Buffer.alloc(0);
}

function even(length: number): number {
  return length + (length % 2);
}

function decoded(value: Buffer, isUtf8: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: !isUtf8 }).decode(value).trim();
  } catch {
    return new TextDecoder("windows-1252").decode(value).trim();
  }
}

function isoDate(text: string): string {
  return text.replace(/^(\d{4})(\d{2})(\d{2})$/u, "$1-$2-$3");
}
