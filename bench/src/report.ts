import type { JobName } from "./protocol.ts";
import type { Spread } from "./statistics.ts";

/** How one output compares with a lossless reference. */
export interface OutputQuality {
  readonly name: string;
  readonly bytes: number;
  /** Peak signal-to-noise ratio in dB; left out for outputs without loss and for those of no reference. */
  readonly psnr?: number;
  /** Structural similarity, 1 at most. */
  readonly ssim?: number;
}

/** What a contender took for a case. */
export interface ContenderResult {
  readonly contender: string;
  readonly version: string;
  readonly rounds: number;
  readonly elapsedMs: Spread;
  readonly cpuMs: Spread;
  /** To the limit, round by round. */
  readonly elapsedRatio: Spread;
  readonly cpuRatio: Spread;
  /** Latency that 95 % of the copies stay below, over all rounds. */
  readonly p95Ms: number;
  readonly idleMb: number;
  readonly peakMb: number;
  /** Median ms in each stage, of one copy, where the contender tells. */
  readonly stageMs?: Readonly<Record<string, number>>;
  /** The longest block of the event loop in any round. */
  readonly blockMs?: number;
  readonly outputs: readonly OutputQuality[];
}

/** All contenders on one case. */
export interface CaseResult {
  readonly job: JobName;
  readonly name: string;
  readonly copies: number;
  /** The machine's load at the start: above the number of cores, elapsed times say little. */
  readonly load: number;
  readonly results: readonly ContenderResult[];
  /** Contenders that took no part, and why. */
  readonly absent: Readonly<Record<string, string>>;
}

/** A server under some number of clients. */
export interface ServiceResult {
  readonly server: string;
  readonly format: string;
  readonly clients: number;
  readonly requestsPerSecond: number;
  /** To those of the first server, taken round by round; its middle. */
  readonly requestsRatio: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly cpuMsPerRequest: number;
  readonly peakMb: number;
  readonly failures: number;
}

/** How soon jobs begin after they were accepted, and what they take from request to answer. */
export interface JobsResult {
  /** What brings them to workers. */
  readonly dispatcher: string;
  readonly idleP50Ms: number;
  readonly idleP95Ms: number;
  readonly loadedP50Ms: number;
  readonly loadedP95Ms: number;
  /** One job at a time, waited for, and the same request by the direct call. */
  readonly jobP50Ms: number;
  readonly directP50Ms: number;
}

/** Resident memory after some conversions of mixed kinds, in MB. */
export interface MixedResult {
  readonly after100Mb: number;
  readonly after1000Mb: number;
}

/** How one contender's cost grows. */
export interface ScalingPoint {
  readonly contender: string;
  readonly along: "megapixels" | "at once";
  readonly at: number;
  /** Of one picture. */
  readonly elapsedMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Where the figures come from. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly sharp: string;
}

/** A whole run, or several parts of one that were run apart on the same machine. */
export interface Report {
  readonly machine: Machine;
  readonly revision: string;
  readonly date: string;
  readonly cases: readonly CaseResult[];
  readonly service: readonly ServiceResult[];
  readonly jobs?: readonly JobsResult[];
  readonly mixed?: MixedResult;
  readonly scaling: readonly ScalingPoint[];
}
