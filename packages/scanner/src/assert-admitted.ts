import { TintypeError } from "@tintype/errors";

import type { ScanVerdict, UnscannedReason } from "./malware-scanner.ts";

/** What becomes of a file without a verdict: `fail-secure` refuses it, `fail-safe` takes it in as unscanned. */
export const scanModes = ["fail-secure", "fail-safe"] as const;

/** One of {@link scanModes}. */
export type ScanMode = (typeof scanModes)[number];

/** A verdict with which a file may be kept. */
export type AdmittedVerdict = Exclude<ScanVerdict, { readonly verdict: "infected" }>;

/** Gives the verdict of a file that may be kept; throws `scanner.infected`, or in `fail-secure` `scanner.unscanned`. */
export function assertAdmitted(found: ScanVerdict, mode: ScanMode): AdmittedVerdict {
  if (found.verdict === "infected") throw infected(found.signature);
  if (found.verdict === "unscanned" && mode === "fail-secure") throw unscanned(found.reason);
  return found;
}

function infected(signature: string): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: "scanner.infected",
    message: `The file is infected (${signature}) and was not kept.`,
    details: { signature },
  });
}

const messages: Readonly<Record<UnscannedReason, string>> = {
  too_large:
    "The file is larger than what is scanned for malware, and was not kept. Send a smaller one.",
  timeout: "The scan for malware took too long, so the file was not kept. Try again.",
  unavailable: "The malware scanner can't be reached, so the file was not kept. Try again later.",
  failed: "The malware scanner failed on the file, which was not kept.",
};

function unscanned(reason: UnscannedReason): TintypeError {
  return new TintypeError({
    kind: reason === "too_large" ? "limit_exceeded" : "unavailable",
    code: "scanner.unscanned",
    message: messages[reason],
    details: { reason },
    retryable: reason === "timeout" || reason === "unavailable",
  });
}
