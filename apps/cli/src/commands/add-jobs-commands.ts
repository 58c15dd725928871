import type { Settings } from "@tintype/config";
import { jobStates, type Job, type JobQuery } from "@tintype/jobs";
import { InvalidArgumentError, Option, type Command } from "commander";

import { exitCodeOfJob } from "../exit-codes.ts";
import { startJobBars } from "../job-bars.ts";
import { withJobs, type JobDoor } from "../job-door.ts";
import { table, write, type Terminal } from "../terminal.ts";

interface JobFlags {
  readonly remote?: string | undefined;
  readonly json?: boolean | undefined;
}

interface ListFlags extends JobFlags, Pick<JobQuery, "state" | "kind" | "project" | "parent"> {
  readonly limit: number;
}

/** Adds the commands over the jobs of the service that the settings, or `--remote`, lead to. */
export function addJobsCommands(
  program: Command,
  settings: Settings,
  terminal: Terminal,
  onExitCode: (code: number) => void,
): void {
  const group = program.command("jobs").description("Look at jobs, and end or repeat them.");
  const command = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option("--remote <url>", "the service's address (default: TINTYPE_URL, or the settings)")
      .option("--json", "print JSON");
  const work = async ({ remote }: JobFlags, of: (jobs: JobDoor) => Promise<void>) =>
    withJobs(remote ?? settings.remote.url, settings, terminal, of);
  const say = async (value: unknown, { json }: JobFlags, rows: () => readonly string[][]) =>
    write(terminal.stdout, json === true ? `${JSON.stringify(value, null, 2)}\n` : table(rows()));

  command("list", "List jobs, the newest first.")
    .addOption(new Option("--state <state>", "only those in this state").choices(jobStates))
    .option("--kind <kind>", "only those of this kind")
    .option("--project <project>", "only those of this project")
    .option("--parent <id>", "only the parts of this batch")
    .option("-n, --limit <number>", "how many at most", limit, 20)
    .action(async ({ remote, json, ...query }: ListFlags) =>
      work({ remote }, async (jobs) => {
        const page = await jobs.list(query);
        await say(page, { json }, () => page.jobs.map(line));
      }),
    );

  command("show", "Show a job and what became of it.")
    .argument("<id>", "its id")
    .action(async (id: string, flags: JobFlags) =>
      work(flags, async (jobs) => {
        const job = await jobs.get(id);
        await say(job, flags, () => facts(job));
      }),
    );

  command("watch", "Follow a job to its end; the exit code tells that.")
    .argument("<id>", "its id")
    .action(async (id: string, flags: JobFlags) =>
      work(flags, async (jobs) => {
        const bars = startJobBars(1, terminal);
        const bar = bars.add(id);
        try {
          let last = await jobs.get(id);
          for await (const job of jobs.watch(id, { signal: terminal.signal })) {
            last = job;
            bar.at(job.progress);
            if (!terminal.isInteractive && flags.json !== true)
              await write(terminal.stdout, table([line(job)]));
          }
          bars.stop();
          if (flags.json === true || terminal.isInteractive)
            await say(last, flags, () => facts(last));
          onExitCode(exitCodeOfJob(last));
        } finally {
          bars.stop();
        }
      }),
    );

  for (const [name, description, act] of deeds)
    command(name, description)
      .argument("<ids...>", "their ids")
      .action(async (ids: readonly string[], flags: JobFlags) =>
        work(flags, async (jobs) => {
          const changed: Job[] = [];
          for (const id of ids) changed.push(await act(jobs, id));
          await say(changed, flags, () => changed.map(line));
        }),
      );
}

type Deed = readonly [
  name: string,
  description: string,
  act: (jobs: JobDoor, id: string) => Promise<Job>,
];

const deeds: readonly Deed[] = [
  ["cancel", "End jobs, running or not, with their parts.", async (jobs, id) => jobs.cancel(id)],
  [
    "retry",
    "Have jobs done again that failed or were canceled.",
    async (jobs, id) => jobs.retry(id),
  ],
  [
    "tell",
    "Tell the ends of jobs to their webhooks again.",
    async (jobs, id) => jobs.tellAgain(id),
  ],
];

function line({ id, kind, state, progress, createdAt, error }: Job): string[] {
  const when = createdAt.slice(0, 19).replace("T", " ");
  return [id, when, kind, state, `${progress.percent} %`, progress.stage ?? error?.code ?? ""];
}

function facts({ result, error, progress, ...job }: Job): string[][] {
  const rows = Object.entries({
    ...job,
    progress: [`${progress.percent} %`, progress.stage].filter(Boolean).join(", "),
    ...(error && { error: `${error.message} (${error.code})` }),
  }).map(([name, value]) => [name, String(value)]);
  return result === undefined ? rows : [...rows, ["result", JSON.stringify(result)]];
}

function limit(text: string): number {
  const number = Number(text);
  if (/^\d{1,4}$/u.test(text) && number >= 1 && number <= 1000) return number;
  throw new InvalidArgumentError("Expected a whole number from 1 to 1000.");
}
