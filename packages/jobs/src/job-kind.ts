import { parseInput } from "@tintype/image-core";
import type { z } from "zod";

import { unknownKind } from "./job-errors.ts";

/** What a run of a job is given. */
export interface JobContext {
  /** The job's id: what a run writes bears it, or is the same each time, so that a second run changes nothing. */
  readonly id: string;
  /** Whose work it is. */
  readonly project: string;
  /** Ends the run: by its deadline, by whoever cancels the job, or when another worker has it. */
  readonly signal: AbortSignal;
  /** Its deadline, in ms from its beginning. */
  readonly timeoutMs: number;
  /** Tells how far it is. */
  readonly progress: (percent: number, stage?: string) => void;
}

/** What a kind of job is declared with. */
export interface JobKindOptions<Schema extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  /** What the job is told; described for readers. */
  readonly input: Schema;
  readonly examples?: readonly z.input<Schema>[];
  /** How often a run that an outage ended is tried; 5 when left out. */
  readonly maxAttempts?: number;
  /** Made by the service alone, never by a client. */
  readonly isInternal?: boolean;
  /** Checks what the schema can't, before the job is accepted. */
  readonly check?: (input: z.output<Schema>) => void;
  /** Puts what is too large for a record elsewhere, and gives what stands for it. */
  readonly keep?: (input: z.output<Schema>, id: string) => Promise<unknown>;
  /** Removes what {@link keep} put elsewhere, when the job is not needed any more. */
  readonly forget?: (id: string) => Promise<void>;
  /** Does the work; the result is plain data. */
  readonly run: (input: z.output<Schema>, context: JobContext) => Promise<unknown>;
}

/** A kind of job: declared in one file, which says what it is told, how it is done, and how often it is tried. */
export interface JobKind {
  readonly name: string;
  readonly summary: string;
  readonly input: z.ZodType;
  readonly examples: readonly unknown[];
  readonly maxAttempts: number;
  readonly isInternal: boolean;
  /** Checks an input from outside; throws `job.invalid` with every fault. */
  readonly parse: (input: unknown) => unknown;
  readonly keep: (input: unknown, id: string) => Promise<unknown>;
  readonly forget: (id: string) => Promise<void>;
  /** Runs a job of the input that is on record. */
  readonly run: (input: unknown, context: JobContext) => Promise<unknown>;
}

/** Declares a kind of job. */
export function defineJobKind<Schema extends z.ZodType>(options: JobKindOptions<Schema>): JobKind {
  const { check, keep, run, input: schema } = options;
  const parse = (input: unknown): z.output<Schema> => {
    const parsed: z.output<Schema> = parseInput<z.output<Schema>>(schema as never, input, {
      what: "job",
      code: "job.invalid",
    });
    check?.(parsed);
    return parsed;
  };
  return {
    examples: [],
    maxAttempts: 5,
    isInternal: false,
    forget: async () => undefined,
    ...options,
    parse,
    keep: async (input, id) => (keep ? keep(parse(input), id) : input),
    run: async (input, context) => run(parse(input), context),
  };
}

/** The kinds of jobs that a service does. */
export interface JobKinds {
  readonly all: readonly JobKind[];
  /** Finds a kind, or throws `job.unknown_kind`. */
  get(name: string): JobKind;
}

/** Gathers kinds of jobs. */
export function jobKindsOf(all: readonly JobKind[]): JobKinds {
  const byName = new Map(all.map((kind) => [kind.name, kind]));
  const known = all.filter(({ isInternal }) => !isInternal).map(({ name }) => name);
  return {
    all,
    get(name) {
      const kind = byName.get(name);
      if (kind === undefined) throw unknownKind(name, known);
      return kind;
    },
  };
}
