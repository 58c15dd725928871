import { defineSettings } from "../define-settings.ts";
import { bytes, flag, integer, milliseconds, oneOf, schedule, text } from "../setting-types.ts";

/** Whether uploads are scanned for malware, by which clamd, and what becomes of those without a verdict. */
export const virusScanSettings = defineSettings({
  title: "Malware scan",
  settings: {
    enabled: {
      name: "VIRUS_SCAN_ENABLED",
      description: "Whether uploads are scanned by ClamAV's clamd before they are kept.",
      type: flag(),
      default: "false",
      example: "true",
    },
    mode: {
      name: "VIRUS_SCAN_MODE",
      description:
        "What becomes of a file without a verdict: `fail-secure` refuses it, `fail-safe` keeps it as unscanned.",
      type: oneOf(["fail-secure", "fail-safe"]),
      default: "fail-secure",
      example: "fail-safe",
    },
    rescanSchedule: {
      name: "VIRUS_RESCAN_SCHEDULE",
      description:
        "When files without a verdict are scanned again: a cron expression in UTC, or `off`.",
      type: schedule(),
      default: "*/15 * * * *",
      example: "0 * * * *",
    },
    host: {
      name: "CLAMD_HOST",
      description: "The host on which clamd listens.",
      type: text(/^[\w.:-]+$/, "an IP address or a host name"),
      default: "127.0.0.1",
      example: "clamav",
    },
    port: {
      name: "CLAMD_PORT",
      description: "The port on which clamd listens.",
      type: integer({ min: 1, max: 65_535 }),
      default: "3310",
      example: "3310",
    },
    socketPath: {
      name: "CLAMD_SOCKET",
      description:
        "The socket on which clamd listens on this machine; used instead of host and port.",
      type: text(/^\/[^\0]+$/, "the absolute path of a socket"),
      example: "/run/clamav/clamd.ctl",
    },
    maxBytes: {
      name: "VIRUS_SCAN_MAX_SIZE",
      description:
        "The largest file that is scanned; a larger one has no verdict. At most clamd's `StreamMaxLength` and `MaxFileSize`.",
      type: bytes({ min: 1024, max: 2 ** 32 - 1 }),
      default: "100MB",
      unit: "bytes",
      example: "25MB",
    },
    timeoutMs: {
      name: "VIRUS_SCAN_TIMEOUT",
      description: "How long the scan of one file may take, the wait for its turn included.",
      type: milliseconds({ min: 100, max: 3_600_000 }),
      default: "60s",
      unit: "seconds",
      example: "2m",
    },
    maxConnections: {
      name: "CLAMD_CONNECTIONS",
      description: "How many files are scanned at the same time; at most clamd's `MaxThreads`.",
      type: integer({ min: 1, max: 256 }),
      default: "4",
      unit: "files",
      example: "10",
    },
  },
});
