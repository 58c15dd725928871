import { TintypeError } from "@tintype/errors";

import { eicar } from "./eicar.ts";
import type { MalwareScanner, ScanOptions, ScanVerdict } from "./malware-scanner.ts";

/**
 * Proves at the start that a scanner finds what it must: throws `scanner.blind` when it calls the EICAR test file
 * clean. Gives the verdict, which is `unscanned` while the scanner can't be reached.
 */
export async function assertDetects(
  scanner: Pick<MalwareScanner, "scan">,
  options?: ScanOptions,
): Promise<Exclude<ScanVerdict, { readonly verdict: "clean" }>> {
  const found = await scanner.scan(eicar(), options);
  if (found.verdict !== "clean") return found;
  throw new TintypeError({
    kind: "configuration",
    code: "scanner.blind",
    message:
      "The malware scanner called the EICAR test file clean: it has no signatures. Let it load its database (freshclam), or point the settings at another scanner.",
  });
}
