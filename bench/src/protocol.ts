/** The jobs of the five systems. */
export type JobName = "J1" | "J2" | "J3" | "J4" | "J5" | "J6" | "all";

/** One piece of work, the same for every contender. */
export interface Task {
  readonly job: JobName;
  /** Which output or part of the job is wanted, such as `webp`; empty where a job has only one. */
  readonly part: string;
  /** The path of the encoded picture. */
  readonly input: string;
  /** A folder that stored files go to. */
  readonly folder: string;
}

/** One line to a contender: the task, so many times at once. */
export interface Order {
  readonly task: Task;
  readonly copies: number;
  /** A folder to write the outputs to, for the judge; outside the measured time. */
  readonly keep?: string;
}

/** One line back: what the work took, measured inside the contender. */
export interface Answer {
  readonly elapsedMs: number;
  /** User and system time of all threads and child processes. */
  readonly cpuMs: number;
  /** Of each copy, from the start of all. */
  readonly latenciesMs: readonly number[];
  /** The longest time for which the event loop stood still; left out by contenders without one. */
  readonly blockMs?: number;
  /** Ms in each stage, all copies together, where the contender tells. */
  readonly stageMs?: Readonly<Record<string, number>>;
  /** Bytes of each output, by name. */
  readonly bytes: Readonly<Record<string, number>>;
}

/** The first line of a contender: the jobs it can do, or why it can do none. A job's name may carry a part: `J4:jpeg`. */
export interface Greeting {
  readonly jobs: readonly string[];
  readonly absent?: string;
  /** What it runs on, such as `sharp 0.35.5`. */
  readonly version: string;
}

/** A line of a contender that failed at an order. */
export interface Failure {
  readonly error: string;
}

/** Files that a job made, by name; what is only looked at, not made, gives none. */
export type Outputs = Readonly<Record<string, Uint8Array>>;
