import type { NetConnectOpts } from "node:net";

import pLimit from "p-limit";

import { cancelBody } from "../chunks-of.ts";
import type { MalwareScanner, ScanVerdict } from "../malware-scanner.ts";
import { inTime } from "./in-time.ts";
import { openConnection } from "./open-connection.ts";
import { scanStream } from "./scan-stream.ts";

/** Where clamd listens, and how it is used. */
export interface ClamdOptions {
  readonly address:
    | { readonly host: string; readonly port: number }
    | { readonly socketPath: string };
  /** The most bytes that are sent; a larger body is unscanned. At most clamd's `StreamMaxLength` and `MaxFileSize`. */
  readonly maxBytes: number;
  /** How long a scan may take, the wait for a connection and for the body included. */
  readonly timeoutMs: number;
  /** Scans at once, each on a connection of its own; more of them wait. At most clamd's `MaxThreads`. */
  readonly maxConnections: number;
}

const healthTimeoutMs = 5000;

/** Makes a scanner of a clamd, which is contacted by the first call. */
export function createClamdScanner(options: ClamdOptions): MalwareScanner {
  const { maxBytes, timeoutMs, maxConnections } = options;
  const address: NetConnectOpts =
    "socketPath" in options.address ? { path: options.address.socketPath } : options.address;
  const inTurn = pLimit(maxConnections);
  const counts = { clean: 0, infected: 0, unscanned: 0 };

  return {
    async scan(body, { signal } = {}) {
      try {
        const found: ScanVerdict = (await inTime(timeoutMs, signal, (ended) =>
          inTurn(() => scanStream(address, body, { maxBytes, signal: ended })),
        )) ?? { verdict: "unscanned", reason: "timeout" };
        counts[found.verdict] += 1;
        return found;
      } finally {
        cancelBody(body, signal?.reason);
      }
    },

    async health({ signal } = {}) {
      const answer = await inTime(healthTimeoutMs, signal, (ended) => ping(address, ended));
      return answer === "PONG" ? { ok: true } : { ok: false, message: "clamd does not answer." };
    },

    counts: () => ({ ...counts }),
  };
}

async function ping(address: NetConnectOpts, signal: AbortSignal): Promise<string | undefined> {
  const connection = openConnection(address);
  const close = () => connection.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    await connection.write(Buffer.from("zPING\0"));
    return await connection.answer;
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}
