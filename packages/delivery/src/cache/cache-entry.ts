import { sha256Of } from "@tintype/storage";

/** What is kept of finished work: some plain data, and bytes. */
export interface CachedResult {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

interface Header {
  readonly facts: CachedResult["facts"];
  readonly sha256: string;
}

const lengthBytes = 4;

/** One object of both: the length of the data in JSON, the data, the bytes. */
export async function encodeEntry({ facts, bytes }: CachedResult): Promise<Uint8Array> {
  const header: Header = { facts, sha256: await sha256Of(bytes) };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, bytes]);
}

/** What {@link encodeEntry} wrote; undefined for an object that was cut or changed. */
export async function decodeEntry(object: Uint8Array): Promise<CachedResult | undefined> {
  const buffer = Buffer.from(object.buffer, object.byteOffset, object.byteLength);
  if (buffer.length < lengthBytes) return undefined;
  const end = lengthBytes + buffer.readUInt32BE(0);
  const header = parsed(buffer.toString("utf8", lengthBytes, end));
  const bytes = buffer.subarray(end);
  return header?.sha256 === (await sha256Of(bytes)) ? { facts: header.facts, bytes } : undefined;
}

function parsed(text: string): Header | undefined {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return undefined;
  }
}
