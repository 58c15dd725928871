import type { Settings } from "@tintype/config";
import { builtInFacts } from "@tintype/exporters";
import { builtInRegistries } from "@tintype/pipeline";
import { Command, InvalidArgumentError } from "commander";

import manifest from "../package.json" with { type: "json" };
import { addGenerateCommands } from "./commands/add-generate-commands.ts";
import { addJobsCommands } from "./commands/add-jobs-commands.ts";
import { cleanupCommand } from "./commands/cleanup.ts";
import { infoCommand } from "./commands/info.ts";
import { listCommand } from "./commands/list.ts";
import { probeCommand } from "./commands/probe.ts";
import { processRemote, type RemoteFlags } from "./commands/process-remote.ts";
import { processCommand, type ProcessFlags } from "./commands/process.ts";
import { addProjectsCommands } from "./commands/projects.ts";
import { rescanCommand } from "./commands/rescan.ts";
import { addStorageCommands } from "./commands/storage.ts";
import { table, type Terminal } from "./terminal.ts";

/** Makes the command line, which throws for words that can't be read; `onExitCode` hears how a run over files ends. */
export function createProgram(
  settings: Settings,
  terminal: Terminal,
  onExitCode: (code: number) => void,
): Command {
  const program = new Command("tintype")
    .description("Turns pictures into finished image files.")
    .version(manifest.version)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // Who catches the error says it, as text or as JSON.
      outputError: () => undefined,
    })
    .exitOverride();

  program
    .command("process")
    .description("Process files into finished files.")
    .argument(
      "<files...>",
      "files, folders, patterns, addresses or stored:KEY; - is standard input",
    )
    .option("-p, --preset <preset>", "a preset, such as product or thumbnail:aspectRatio=4:3")
    .option("-r, --recipe <file>", "a JSON file with preset, steps and variants")
    .option(
      "-s, --step <step>",
      "a step, such as resize:width=800,fit=cover; repeat it for more",
      collect,
    )
    .option(
      "-f, --format <format>",
      "a format, such as webp or webp:effort=2; repeat it for more",
      collect,
    )
    .option("-q, --quality <1-100>", "quality of every --format that has one", quality)
    .option(
      "--fact <fact>",
      "tell this of the picture after its steps, such as blurhash; repeat it for more",
      collect,
    )
    .option("--page <number>", "take this page or frame alone, counted from 0", page)
    .option("--no-animation", "take an animation's first frame alone")
    .option("-o, --out <folder>", "where files go (default: out, or with - standard output)")
    .option("--store", "store the files where the settings say, and print their addresses")
    .option("--variant <name>", "make this variant alone")
    .option("--remote [url]", "have a service do it, by default that at TINTYPE_URL")
    .option("--json", "print the results as JSON")
    .addHelpText("after", processNotes + factNotes)
    .action(async (files: string[], flags: ProcessFlags | RemoteFlags) => {
      const process = async () =>
        "remote" in flags
          ? processRemote(files, flags, settings, terminal)
          : processCommand(files, flags, settings, terminal);
      onExitCode(await process());
    });

  program
    .command("info")
    .description("Show what a picture's header says.")
    .argument("<file>", "a file; - is standard input")
    .option("--json", "print JSON")
    .action((file: string, flags: { json?: boolean }) =>
      infoCommand(file, flags, settings, terminal),
    );

  program
    .command("probe")
    .description("Show what a picture's header and its metadata say: EXIF, IPTC and XMP.")
    .argument("<file>", "a file; - is standard input")
    .option("--json", "print JSON")
    .action((file: string, flags: { json?: boolean }) =>
      probeCommand(file, flags, settings, terminal),
    );

  addGenerateCommands(program, settings, terminal, onExitCode);
  addStorageCommands(program, settings, terminal);
  addProjectsCommands(program, settings, terminal);
  addJobsCommands(program, settings, terminal, onExitCode);
  program
    .command("cleanup")
    .description("Remove temporary and unfinished files, and outputs that no record names, by age.")
    .option("--dry-run", "only tell what would go")
    .option("--json", "print JSON")
    .action((flags: { dryRun?: boolean; json?: boolean }) =>
      cleanupCommand(flags, settings, terminal),
    );
  program
    .command("rescan")
    .description("Scan uploads again that came in without a verdict; infected ones go.")
    .option("--json", "print JSON")
    .action((flags: { json?: boolean }) => rescanCommand(flags, settings, terminal));

  const { steps, exporters, presets } = builtInRegistries;
  const lists = { steps: steps.all, formats: exporters.all, presets: presets.all };
  for (const [name, declarations] of Object.entries(lists)) {
    program
      .command(name)
      .description(`List the ${name}, or show one with its options.`)
      .argument("[name]", "the one to show")
      .option("--json", "print JSON")
      .action((one: string | undefined, flags: { json?: boolean }) =>
        listCommand(declarations, one, flags, terminal),
      );
  }
  return program;
}

const processNotes = `
Without a preset, a recipe or a format, files become PNG.
A step's value such as @logo.png stands for that file's content.

Examples:
  tintype process car.png --preset product
  tintype process photos --step resize:width=800 --format webp --format avif --quality 75
  tintype process logo.png --step composite:image=@badge.png,gravity=southeast
  tintype process - --format jpeg < in.png > out.jpg
  tintype process photos --preset product --remote https://tintype.example.com
`;

const factNotes = `
Facts:
${table(builtInFacts.map(({ name, summary }) => [`  ${name}`, summary]))}`;

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function page(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 0.");
}

function quality(text: string): number {
  const number = Number(text);
  if (/^\d{1,3}$/u.test(text) && number >= 1 && number <= 100) return number;
  throw new InvalidArgumentError("Expected a whole number from 1 to 100.");
}
