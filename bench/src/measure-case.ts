import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";

import type { Case } from "./cases.ts";
import { judgeOutputs, referencesFor } from "./judge-outputs.ts";
import { picture } from "./pictures.ts";
import type { Answer, Order, Task } from "./protocol.ts";
import type { CaseResult, ContenderResult, OutputQuality } from "./report.ts";
import { startContender, type Contender, type ContenderSpec } from "./start-contender.ts";
import { percentile, shuffled, spreadOf } from "./statistics.ts";

/** A contender on the track. */
interface Runner {
  readonly contender: Contender;
  readonly isPeer: boolean;
  readonly outputs: readonly OutputQuality[];
  readonly warmUpMs: number;
  readonly answers: Map<number, Answer>;
}

/** A peer that takes longer than this for one round runs in a third of them only. */
const slowMs = 1500;
/** Close contenders go on for so many times the rounds, while a round's share of time is not used up. */
const moreRounds = 5;
const roundMs = 4000;

/**
 * Measures contenders on a case in processes of its own: a judged warm-up for each, then rounds in which they run
 * once each, in shuffled order. Ratios are to the first contender, taken round by round.
 */
export async function measureCase(
  measured: Case,
  specs: readonly ContenderSpec[],
  rounds: number,
): Promise<CaseResult> {
  const { job, name, part, copies } = measured;
  const folder = await mkdtemp(join(tmpdir(), "tintype-bench-"));
  const load = loadavg()[0] ?? 0;
  const task: Task = { job, part, input: await picture(measured.picture), folder };
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true }));
  const absent: Record<string, string> = {};
  const runners: Runner[] = [];
  const references = await referencesFor(task);
  for (const spec of specs.filter((one) => !measured.without.includes(one.name))) {
    const contender = stack.use(await startContender(spec));
    const { greeting } = contender;
    if (greeting.absent !== undefined) absent[spec.name] = greeting.absent;
    if (!contender.does(job, part)) continue;
    try {
      const { answer, outputs } = await judgeOutputs(contender, task, references);
      runners.push({
        contender,
        isPeer: spec.isPeer ?? true,
        outputs,
        warmUpMs: answer.elapsedMs * copies,
        answers: new Map<number, Answer>(),
      });
    } catch (error) {
      absent[spec.name] = error instanceof Error ? error.message : String(error);
    }
  }
  await race(runners, { task, copies }, rounds);
  const [first] = runners;
  if (!first) throw new Error(`nobody can do ${job} ${name}`);
  return {
    job,
    name,
    copies,
    load,
    absent,
    results: runners.map((one) => resultOf(one, first, copies)),
  };
}

/** Peers run in every round, or in some where they are slow; those that lie close together run on, as small ratios need more. */
async function race(runners: readonly Runner[], order: Order, rounds: number): Promise<void> {
  let leftMs = rounds * roundMs;
  for (let round = 0; round < moreRounds * rounds; round += 1) {
    const isExtra = round >= rounds;
    if (isExtra && leftMs <= 0) return;
    const few = round < rounds / 3;
    const ready = runners.filter(
      ({ isPeer, warmUpMs }) => !isPeer || (!isExtra && (few || warmUpMs <= slowMs)),
    );
    for (const { contender, isPeer, answers } of shuffled(ready)) {
      const answer = await contender.run(order);
      answers.set(round, answer);
      if (!isPeer) leftMs -= answer.elapsedMs;
    }
  }
}

function resultOf(
  { contender, outputs, answers }: Runner,
  first: Runner,
  copies: number,
): ContenderResult {
  const all = [...answers.values()];
  const ratios = (figure: "elapsedMs" | "cpuMs") =>
    [...answers].flatMap(([round, answer]) => {
      const base = first.answers.get(round);
      return base ? [answer[figure] / base[figure]] : [];
    });
  const blocks = all.flatMap(({ blockMs }) => (blockMs === undefined ? [] : [blockMs]));
  return {
    contender: contender.name,
    version: contender.greeting.version,
    rounds: all.length,
    elapsedMs: spreadOf(all.map(({ elapsedMs }) => elapsedMs)),
    cpuMs: spreadOf(all.map(({ cpuMs }) => cpuMs)),
    elapsedRatio: spreadOf(ratios("elapsedMs")),
    cpuRatio: spreadOf(ratios("cpuMs")),
    p95Ms: percentile(
      all.flatMap(({ latenciesMs }) => latenciesMs),
      0.95,
    ),
    idleMb: contender.idleMb,
    peakMb: contender.peakMb(),
    ...stagesOf(all, copies),
    ...(blocks.length > 0 && { blockMs: Math.max(...blocks) }),
    outputs,
  };
}

function stagesOf(answers: readonly Answer[], copies: number): Pick<ContenderResult, "stageMs"> {
  const told = answers.flatMap(({ stageMs }) => (stageMs ? [stageMs] : []));
  const [first] = told;
  if (!first || Object.keys(first).length === 0) return {};
  const median = (stage: string) => spreadOf(told.map((one) => (one[stage] ?? 0) / copies)).median;
  return {
    stageMs: Object.fromEntries(Object.keys(first).map((stage) => [stage, median(stage)])),
  };
}
