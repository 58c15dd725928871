import type { CaseResult, ContenderResult, Report, ServiceResult } from "./report.ts";

/** Finds a figure in a report; undefined where it was not measured. */
export type Measure = (report: Report) => number | undefined;

function caseOf({ cases }: Report, job: string, name: string): CaseResult | undefined {
  return cases.find((one) => one.job === job && one.name === name);
}

/** What a contender took for a case; this project when no other is named. */
export function result(
  report: Report,
  job: string,
  name: string,
  who = "tintype",
): ContenderResult | undefined {
  return caseOf(report, job, name)?.results.find(({ contender }) => contender === who);
}

/** What a server did under some clients; the API and WebP when no others are named. */
export function served(
  { service }: Report,
  clients: number,
  server = "tintype",
  format = "webp",
): ServiceResult | undefined {
  return service.find(
    (one) => one.clients === clients && one.server === server && one.format === format,
  );
}

/** One figure ÷ another, where both are known. */
export function ratio(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

function greatest(figures: readonly (number | undefined)[]): number | undefined {
  const known = figures.filter((figure) => figure !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** CPU time to the limit. */
export function cpuRatio(one: ContenderResult): number {
  return one.cpuRatio.median;
}

/** Elapsed time to the limit. */
export function elapsedRatio(one: ContenderResult): number {
  return one.elapsedRatio.median;
}

/** The worst of several cases. */
export function worst(
  job: string,
  names: readonly string[],
  figure: (one: ContenderResult) => number,
  who?: string,
): Measure {
  return (report) =>
    greatest(
      names.map((name) => {
        const one = result(report, job, name, who);
        return one && figure(one);
      }),
    );
}

/** How many times Pillow's elapsed time is this project's. */
export function faster(job: string, name: string): Measure {
  return (report) =>
    ratio(
      result(report, job, name, "pillow")?.elapsedMs.median,
      result(report, job, name)?.elapsedMs.median,
    );
}

/** How many times ipx's CPU time is this project's. */
export function cheaperThanIpx(name: string): Measure {
  return (report) =>
    ratio(
      result(report, "J4", name, "ipx")?.cpuMs.median,
      result(report, "J4", name)?.cpuMs.median,
    );
}

function bytesOf(one: ContenderResult | undefined, name: string): number | undefined {
  return one?.outputs.find((output) => output.name === name)?.bytes;
}

/** Bytes of the PNG to Pillow's at level 9, on the worst picture. */
export function pngBytesToPillow(report: Report): number | undefined {
  return greatest(
    ["smooth", "detailed", "flat"].map((name) =>
      ratio(
        bytesOf(result(report, "J1", name), "png"),
        bytesOf(result(report, "J1", name, "pillow"), "png"),
      ),
    ),
  );
}

/** Bytes of the AVIF to ipx's. */
export function avifBytesToIpx(report: Report): number | undefined {
  return ratio(
    bytesOf(result(report, "J4", "avif"), "avif"),
    bytesOf(result(report, "J4", "avif", "ipx"), "avif"),
  );
}

/** How much longer the slowest of ten waits than their work takes on all cores. */
export function queueing(report: Report): number | undefined {
  const one = result(report, "J3", "10 at once");
  return one && one.p95Ms / (one.cpuMs.median / report.machine.cores);
}

/** Peak memory of fifty at once to that of ten. */
export function burstPeak(report: Report): number | undefined {
  return ratio(
    result(report, "J3", "50 at once")?.peakMb,
    result(report, "J3", "10 at once")?.peakMb,
  );
}

/** Pictures a second of fifty at once to that of ten. */
export function burstThroughput(report: Report): number | undefined {
  const perPicture = (name: string, copies: number) => {
    const one = result(report, "J3", name);
    return one && one.elapsedMs.median / copies;
  };
  return ratio(perPicture("10 at once", 10), perPicture("50 at once", 50));
}

/** Requests a second to ipx's. */
export function requestsToIpx(format: string): Measure {
  return (report) =>
    ratio(
      served(report, 8, "tintype", format)?.requestsPerSecond,
      served(report, 8, "ipx", format)?.requestsPerSecond,
    );
}

/** Compares each output of this project with that of the limit. */
function againstLimit(
  { cases }: Report,
  figure: (
    ours: ContenderResult["outputs"][number],
    theirs: ContenderResult["outputs"][number],
  ) => number | undefined,
): number | undefined {
  return greatest(
    cases.flatMap(({ results }) => {
      const outputs = (who: string) =>
        results.find(({ contender }) => contender === who)?.outputs ?? [];
      return outputs("tintype").map((ours) => {
        const theirs = outputs("limit").find(({ name }) => name === ours.name);
        return theirs && figure(ours, theirs);
      });
    }),
  );
}

/** Bytes to the limit's, of the worst output. */
export function worstBytes(report: Report): number | undefined {
  return againstLimit(report, (ours, theirs) => ours.bytes / theirs.bytes);
}

/** Beyond 50 dB no loss is to be seen, and small differences of it mean nothing. */
export function worstLoss(report: Report): number | undefined {
  return againstLimit(report, (ours, theirs) => seen(theirs.psnr) - seen(ours.psnr));
}

/** The longest block of the event loop in any case, in ms. */
export function longestBlock({ cases }: Report): number | undefined {
  return greatest(
    cases.flatMap(({ results }) =>
      results.filter(({ contender }) => contender === "tintype").map(({ blockMs }) => blockMs),
    ),
  );
}

function seen(psnr = 50): number {
  return Math.min(psnr, 50);
}
