import {
  createGuardedOpen,
  type GuardedFetchOptions,
  type GuardedOpen,
} from "./create-guarded-open.ts";

/** A picture from the web: its bytes, the media type its server claims, and the address that gave it. */
interface FetchedSource {
  /** The caller's own. */
  readonly bytes: Uint8Array;
  readonly mediaType: string | undefined;
  readonly url: string;
}

/** Fetches one picture; throws `source.*` errors, and passes the signal's own reason through. */
export type GuardedFetch = (...call: Parameters<GuardedOpen>) => Promise<FetchedSource>;

/** Makes a fetch for addresses from strangers: it reaches public web servers only, within limits. */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const open = createGuardedOpen(options);
  return async (...call) => {
    const { body, mediaType, url } = await open(...call);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { bytes: joined(chunks), mediaType, url };
  };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
