import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";

import type { Case } from "./cases.ts";
import { judgeOutputs, referencesFor } from "./judge-outputs.ts";
import { picture } from "./pictures.ts";
import type { Answer, Task } from "./protocol.ts";
import type { CaseResult, ContenderResult, OutputQuality } from "./report.ts";
import { startContender, type Contender, type ContenderSpec } from "./start-contender.ts";
import { percentile, shuffled, spreadOf } from "./statistics.ts";

/** A contender on the track. */
interface Runner {
  readonly contender: Contender;
  readonly outputs: readonly OutputQuality[];
  readonly warmUpMs: number;
  readonly answers: Map<number, Answer>;
}

/** Who takes longer than this for one round runs in the first three only. */
const slowMs = 1500;

/**
 * Measures contenders on a case in processes of its own: a judged warm-up for each, then rounds in which every one runs
 * once, in shuffled order. Ratios are to the first contender, taken round by round.
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
        outputs,
        warmUpMs: answer.elapsedMs * copies,
        answers: new Map<number, Answer>(),
      });
    } catch (error) {
      absent[spec.name] = error instanceof Error ? error.message : String(error);
    }
  }
  const isSlow = (runner: Runner | undefined) => (runner?.warmUpMs ?? 0) > slowMs;
  for (let round = 0; round < rounds; round += 1) {
    if (round >= 3 && isSlow(runners[0])) break;
    for (const runner of shuffled(runners)) {
      if (round >= 3 && isSlow(runner)) continue;
      const { contender, answers } = runner;
      answers.set(round, await contender.run({ task, copies }));
    }
  }
  const [first] = runners;
  if (!first) throw new Error(`nobody can do ${job} ${name}`);
  return { job, name, copies, load, absent, results: runners.map((one) => resultOf(one, first)) };
}

function resultOf({ contender, outputs, answers }: Runner, first: Runner): ContenderResult {
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
    ...(blocks.length > 0 && { blockMs: Math.max(...blocks) }),
    outputs,
  };
}
