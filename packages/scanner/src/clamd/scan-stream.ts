import type { NetConnectOpts } from "node:net";
import { setImmediate } from "node:timers/promises";

import { chunksOf } from "../chunks-of.ts";
import type { ScanVerdict } from "../malware-scanner.ts";
import { openConnection, type ClamdConnection } from "./open-connection.ts";
import { parseReply } from "./parse-reply.ts";

/** Sends a body to clamd by INSTREAM; rejects with the signal's reason, or with the failure of the body. */
export async function scanStream(
  address: NetConnectOpts,
  body: Uint8Array | ReadableStream<Uint8Array>,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<ScanVerdict> {
  const connection = openConnection(address);
  const close = () => connection.close();
  signal.addEventListener("abort", close, { once: true });
  // clamd answers a stream that is too long in the middle of it, and a body may stall while the connection ends.
  const answered = new AbortController();
  const answer = connection.answer.finally(() => answered.abort());
  try {
    const chunks = chunksOf(body, AbortSignal.any([signal, answered.signal]));
    const isWhole = await send(connection, chunks, maxBytes).catch((error: unknown) => {
      if (error !== answered.signal.reason) throw error;
      return true;
    });
    if (!isWhole) return { verdict: "unscanned", reason: "too_large" };
    const reply = await answer;
    signal.throwIfAborted();
    return reply === undefined
      ? { verdict: "unscanned", reason: "unavailable" }
      : parseReply(reply);
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

/** Sends the command and all chunks; false, and the rest unsent, when they are more than `maxBytes`. */
async function send(
  connection: ClamdConnection,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<boolean> {
  let sent = 0;
  await connection.write(Buffer.from("zINSTREAM\0"));
  for await (const chunk of chunks) {
    sent += chunk.length;
    if (sent > maxBytes) return false;
    const frame = Buffer.concat([lengthOf(chunk), chunk]);
    // Writes that succeed at once would never let an answer in the middle of them, or an abort, be seen.
    await setImmediate();
    await connection.write(frame);
  }
  await connection.write(new Uint8Array(4));
  return true;
}

function lengthOf(chunk: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}
