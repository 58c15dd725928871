import { readFileSync } from "node:fs";

/** The memory that a process has resident now (`VmRSS`), or at most had so far (`VmHWM`), in MB. */
export function memoryMb(pid: number | undefined, field: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(status)?.[1]) / 1024;
}
