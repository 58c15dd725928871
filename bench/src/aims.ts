import {
  avifBytesToIpx,
  burstPeak,
  burstThroughput,
  cheaperThanIpx,
  cpuRatio,
  elapsedRatio,
  faster,
  longestBlock,
  pngBytesToPillow,
  queueing,
  ratio,
  requestsToIpx,
  result,
  served,
  worst,
  worstBytes,
  worstLoss,
  type Measure,
} from "./figures.ts";

/** What is asked of this project, and what it measured. */
export interface Aim {
  readonly job: string;
  readonly what: string;
  readonly isLess: boolean;
  /** What must be reached; left out for what is only wished. */
  readonly must?: number;
  readonly aim?: number;
  readonly measure: Measure;
}

/** How far an aim is reached. */
export type Verdict = "aim reached" | "must reached" | "missed" | "not measured";

const pictures = ["smooth", "detailed", "flat"];
const formats = ["webp", "jpeg", "avif"];

/** Every aim, in the order of the report. */
export const aims: readonly Aim[] = [
  less("J1", "CPU × limit, worst picture", 1.1, 0.92, worst("J1", pictures, cpuRatio)),
  less(
    "J1",
    "elapsed × limit, worst picture",
    1.15,
    undefined,
    worst("J1", pictures, elapsedRatio),
  ),
  more("J1", "times as fast as Pillow at level 9, smooth", 10, undefined, faster("J1", "smooth")),
  more(
    "J1",
    "times as fast as Pillow at level 9, detailed",
    1.9,
    undefined,
    faster("J1", "detailed"),
  ),
  less("J1", "PNG bytes × Pillow's at level 9", 1.1, 0.98, pngBytesToPillow),
  less(
    "J1",
    "CPU × limit, profile fast",
    undefined,
    0.65,
    worst("J1", pictures, cpuRatio, "tintype-fast"),
  ),
  less("J2", "CPU × limit, 512²", 1.1, undefined, worst("J2", ["512²"], cpuRatio)),
  less(
    "J2",
    "CPU × limit, 1024² and 2048²",
    1.05,
    undefined,
    worst("J2", ["1024²", "2048²"], cpuRatio),
  ),
  less(
    "J2",
    "CPU × limit, profile fast",
    undefined,
    0.6,
    worst("J2", ["1024²", "2048²"], cpuRatio, "tintype-fast"),
  ),
  less("J3", "CPU × limit", 1.1, 0.95, worst("J3", ["alone"], cpuRatio)),
  less("J3", "elapsed × limit", 1.15, undefined, worst("J3", ["alone"], elapsedRatio)),
  more("J3", "times as fast as Pillow", 1.9, undefined, faster("J3", "alone")),
  less("J3, 10 at once", "p95 × (CPU of all ÷ cores)", 1.15, undefined, queueing),
  less(
    "J3, 10 at once",
    "peak MB",
    400,
    300,
    (report) => result(report, "J3", "10 at once")?.peakMb,
  ),
  less("J3, 50 at once", "peak × that of 10", 1.3, 1.15, burstPeak),
  more("J3, 50 at once", "throughput × that of 10", 0.95, undefined, burstThroughput),
  less("J4", "CPU × limit, worst format", 1.05, undefined, worst("J4", formats, cpuRatio)),
  more("J4", "ipx's CPU ÷ ours, JPEG", 1.1, undefined, cheaperThanIpx("jpeg")),
  more("J4", "ipx's CPU ÷ ours, small picture", 1.35, undefined, cheaperThanIpx("small")),
  more("J4", "ipx's CPU ÷ ours, AVIF", 10, 15, cheaperThanIpx("avif")),
  less("J4", "AVIF bytes × ipx's", 1, undefined, avifBytesToIpx),
  more(
    "J4, HTTP at 8",
    "requests/s × bare node",
    0.95,
    undefined,
    (report) => served(report, 8)?.requestsRatio,
  ),
  more("J4, HTTP at 8", "requests/s × ipx, JPEG", undefined, 1.1, requestsToIpx("jpeg")),
  more("J4, HTTP at 8", "requests/s × ipx, WebP", undefined, 1, requestsToIpx("webp")),
  more("J4, HTTP at 8", "requests/s × ipx, AVIF", undefined, 10, requestsToIpx("avif")),
  less("J4, HTTP at 8", "p95 ÷ p50", 1.4, 1.3, (report) =>
    ratio(served(report, 8)?.p95Ms, served(report, 8)?.p50Ms),
  ),
  less("J4, HTTP at 8", "peak MB", 180, 150, (report) => served(report, 8)?.peakMb),
  less("J4, HTTP at 32", "peak MB", 200, undefined, (report) => served(report, 32)?.peakMb),
  less("J4, HTTP at 32", "failures", 0, undefined, (report) => served(report, 32)?.failures),
  less("J5", "CPU × read, SHA-256 and header", 1.15, 1.05, worst("J5", ["look"], cpuRatio)),
  less("J6", "CPU × bare sharp", 1.3, 1.15, worst("J6", ["recipes"], cpuRatio)),
  less("all", "bytes × limit, worst output", 1.05, undefined, worstBytes),
  less("all", "loss against limit in dB, worst output", 0.3, undefined, worstLoss),
  less("all", "longest block of the event loop in ms", 50, 10, longestBlock),
  less(
    "all",
    "peak MB, 16 progressive JPEGs of 18 megapixels",
    300,
    200,
    (report) => result(report, "all", "16 progressive")?.peakMb,
  ),
  less("all", "memory after 1,000 conversions × after 100", 1.1, undefined, ({ mixed }) =>
    ratio(mixed?.after1000Mb, mixed?.after100Mb),
  ),
];

/** How far a measured figure is from an aim. */
export function verdictOn({ isLess, must, aim }: Aim, measured: number | undefined): Verdict {
  if (measured === undefined) return "not measured";
  const reaches = (goal: number | undefined) =>
    goal !== undefined && (isLess ? measured <= goal : measured >= goal);
  if (reaches(aim)) return "aim reached";
  return reaches(must) ? "must reached" : "missed";
}

function less(
  job: string,
  what: string,
  must: number | undefined,
  aim: number | undefined,
  measure: Measure,
): Aim {
  return {
    job,
    what,
    isLess: true,
    measure,
    ...(must !== undefined && { must }),
    ...(aim !== undefined && { aim }),
  };
}

function more(...given: Parameters<typeof less>): Aim {
  return { ...less(...given), isLess: false };
}
