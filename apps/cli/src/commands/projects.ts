import type { Settings } from "@tintype/config";
import { createRuntime, type Runtime } from "@tintype/runtime";
import { InvalidArgumentError, type Command } from "commander";

import { byteSize, table, write, type Terminal } from "../terminal.ts";

type Library = Awaited<ReturnType<Runtime["assets"]>>;
type Project = Awaited<ReturnType<Library["projects"]>>[number];

/** Adds the commands over the projects of uploaded pictures: ls and set. */
export function addProjectsCommands(
  program: Command,
  settings: Settings,
  { stdout }: Terminal,
): void {
  const group = program.command("projects").description("Work on the projects of uploads.");

  group
    .command("ls")
    .description("List the projects, with what they hold and how long they keep it.")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const projects = await withLibrary(settings, (library) => library.projects());
      const text = json === true ? `${JSON.stringify(projects, null, 2)}\n` : rows(projects);
      await write(stdout, text);
    });

  group
    .command("set")
    .description("Set how long a project keeps what is not for good; both rules are replaced.")
    .argument("<project>", "its name, such as shop/summer")
    .option("--temporary <time>", "temporary pictures (default: what TEMP_RETENTION says)", age)
    .option("--outputs <time>", "results as versions of pictures (default: for ever)", age)
    .action(async (name: string, rules: { temporary?: number; outputs?: number }) => {
      const { temporary = null, outputs = null } = rules;
      await withLibrary(settings, (library) =>
        library.setRetention(name, { temporaryMs: temporary, outputsMs: outputs }),
      );
    });
}

async function withLibrary<Result>(
  settings: Settings,
  use: (library: Library) => Promise<Result>,
): Promise<Result> {
  const runtime = await createRuntime(settings);
  try {
    return await use(await runtime.assets());
  } finally {
    await runtime.close();
  }
}

function rows(projects: readonly Project[]): string {
  return table(
    projects.map(({ name, pictures, bytes, temporaryMs, outputsMs }) => [
      name,
      `${String(pictures)} pictures`,
      byteSize(bytes),
      temporaryMs === null ? "" : `temporary ${time(temporaryMs)}`,
      outputsMs === null ? "" : `outputs ${time(outputsMs)}`,
    ]),
  );
}

const units = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

function age(text: string): number {
  const [, amount, unit] = /^(\d{1,7})([dhm])$/u.exec(text) ?? [];
  const ms = Number(amount) * (units[unit as keyof typeof units] ?? Number.NaN);
  if (ms >= units.m && ms <= 3650 * units.d) return ms;
  throw new InvalidArgumentError("Expected a time from 1m to 3650d, such as 6h.");
}

/** A time in the largest unit that it is a whole number of. */
function time(ms: number): string {
  const unit = (["d", "h", "m"] as const).find((one) => ms % units[one] === 0);
  return unit === undefined ? `${String(ms / 1000)}s` : `${String(ms / units[unit])}${unit}`;
}
