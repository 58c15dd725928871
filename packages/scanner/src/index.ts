export { assertAdmitted, scanModes } from "./assert-admitted.ts";
export type { AdmittedVerdict, ScanMode } from "./assert-admitted.ts";
export { assertDetects } from "./assert-detects.ts";
export { createClamdScanner } from "./clamd/create-clamd-scanner.ts";
export type { ClamdOptions } from "./clamd/create-clamd-scanner.ts";
export { eicar } from "./eicar.ts";
export { unscannedReasons } from "./malware-scanner.ts";
export type {
  MalwareScanner,
  ScanCounts,
  ScanOptions,
  ScannerHealth,
  ScanVerdict,
  UnscannedReason,
} from "./malware-scanner.ts";
