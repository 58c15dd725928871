import { cancelBody, chunksOf } from "./chunks-of.ts";
import { eicar } from "./eicar.ts";
import type { MalwareScanner, ScanVerdict } from "./malware-scanner.ts";

/** Makes a scanner that knows the EICAR test file and nothing else: for tests of what is built on a scanner. */
export function createMemoryScanner({
  maxBytes = Number.POSITIVE_INFINITY,
}: { readonly maxBytes?: number } = {}): MalwareScanner {
  const counts = { clean: 0, infected: 0, unscanned: 0 };

  const scan = async (
    body: Uint8Array | ReadableStream<Uint8Array>,
    signal: AbortSignal,
  ): Promise<ScanVerdict> => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunksOf(body, signal)) {
      size += chunk.length;
      if (size > maxBytes) return { verdict: "unscanned", reason: "too_large" };
      chunks.push(chunk.slice());
    }
    return Buffer.concat(chunks).includes(eicar())
      ? { verdict: "infected", signature: "EICAR" }
      : { verdict: "clean" };
  };

  return {
    async scan(body, { signal = new AbortController().signal } = {}) {
      try {
        signal.throwIfAborted();
        const found = await scan(body, signal);
        counts[found.verdict] += 1;
        return found;
      } finally {
        cancelBody(body, signal.reason);
      }
    },
    async health({ signal } = {}) {
      signal?.throwIfAborted();
      return { ok: true };
    },
    counts: () => ({ ...counts }),
  };
}
