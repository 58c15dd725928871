import type { ScanVerdict } from "../malware-scanner.ts";

/** Reads clamd's answer to INSTREAM, without its closing NUL. */
export function parseReply(reply: string): ScanVerdict {
  const [, signature] = /^stream: (.+) FOUND$/u.exec(reply) ?? [];
  // Not a finding: clamd says so, where AlertExceedsMax is on, of a file that it read in part only.
  if (signature?.startsWith("Heuristics.Limits.Exceeded") === true) return tooLarge;
  if (signature !== undefined) return { verdict: "infected", signature };
  if (reply === "stream: OK") return { verdict: "clean" };
  return reply.includes("size limit exceeded")
    ? tooLarge
    : { verdict: "unscanned", reason: "failed" };
}

const tooLarge = { verdict: "unscanned", reason: "too_large" } as const;
