import type { Settings } from "@tintype/config";
import { builtInRegistries } from "@tintype/pipeline";
import { Command, InvalidArgumentError, Option } from "commander";

import type { Terminal } from "../terminal.ts";
import { doctorCommand } from "./doctor.ts";
import { generateCommand, type GenerateFlags } from "./generate.ts";
import { processCommand, type ProcessFlags } from "./process.ts";

interface RemoveFlags extends Pick<ProcessFlags, "format" | "out" | "store" | "json"> {
  readonly engine: string;
}

/** Adds the commands that make pictures, cut them out, and say what is set up for it. */
export function addGenerateCommands(
  program: Command,
  settings: Settings,
  terminal: Terminal,
  onExitCode: (code: number) => void,
): void {
  const { sizes, themes, domains, templates } = builtInRegistries.prompts;

  program
    .command("generate")
    .description("Make pictures from words.")
    .argument("<prompt>", "what to draw, in words")
    .option(
      "-g, --generator <name>",
      "who draws: sample, gemini, openai (default: by DEFAULT_GENERATOR)",
    )
    .option("--model <name>", "a model of that generator")
    .addOption(oneOf("--size <size>", "the size, such as 800x600, or one of", sizes))
    .addOption(oneOf("--theme <theme>", "a look", themes))
    .addOption(oneOf("--domain <domain>", "a field of business", domains))
    .addOption(
      oneOf("--template <template>", "a wording, such as product:surface=slate", templates),
    )
    .option("--quality <quality>", "care and cost: low, medium, high")
    .option("--brand <style>", "the brand, such as calm:primaryColor=#0066cc")
    .option("--seed <number>", "the same seed gives the same picture", seed)
    .option("--reference <file>", "a picture to work from; repeat it for more", collect)
    .option("--base <file>", "a picture to blend in")
    .option("--blend <mode>", "how it is blended in, such as multiply (default: over)")
    .option("--opacity <0-1>", "of the picture that is blended in (default: 0.5)", fraction)
    .option("-n, --count <number>", "how many variations", count, 1)
    .option("-p, --preset <preset>", "a preset for each, such as product or thumbnail")
    .option("-r, --recipe <file>", "a JSON file with preset, steps and variants")
    .option("-s, --step <step>", "a step, such as shadow; repeat it for more", collect)
    .option(
      "-f, --format <format>",
      "a format, such as webp:quality=80; repeat it for more",
      collect,
    )
    .option("--name <name>", "what file names begin with (default: made of the prompt)")
    .option("-o, --out <folder>", "where files go (default: out)")
    .option("--store", "store the files where the settings say, and print their addresses")
    .option("--json", "print the results as JSON")
    .addHelpText("after", generateNotes)
    .action(async (prompt: string, flags: GenerateFlags) => {
      onExitCode(await generateCommand(prompt, flags, settings, terminal));
    });

  program
    .command("remove-background")
    .description("Cut objects out of their backgrounds.")
    .argument(
      "<files...>",
      "files, folders, patterns, addresses or stored:KEY; - is standard input",
    )
    .option("-e, --engine <name>", "auto, grabcut, watershed, chroma, api4ai or chain", "auto")
    .option("-f, --format <format>", "a format with transparency (default: png)", collect)
    .option("-o, --out <folder>", "where files go (default: out, or with - standard output)")
    .option("--store", "store the files where the settings say, and print their addresses")
    .option("--json", "print the results as JSON")
    .action(async (files: string[], { engine, ...flags }: RemoveFlags) => {
      const step = [`remove-background:engine=${engine}`];
      onExitCode(await processCommand(files, { ...flags, step }, settings, terminal));
    });

  program
    .command("doctor")
    .description("Say what is set up, what is not, and what to do about it.")
    .option("--json", "print JSON")
    .action(async (flags: { json?: boolean }) => {
      onExitCode(await doctorCommand(flags, settings, terminal));
    });
}

const generateNotes = `
Examples:
  tintype generate "a red car" --theme professional --size banner --count 2
  tintype generate "coffee and flowers" --step remove-background:engine=chroma --preset product --store
  tintype generate "a red car" --generator gemini --reference sketch.png
`;

/** A flag that takes one of several names, which its help tells. */
function oneOf(flag: string, what: string, names: object): Option {
  return new Option(flag, `${what}: ${Object.keys(names).join(", ")}`);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function count(text: string): number {
  if (/^[1-9]\d?$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}

function fraction(text: string): number {
  if (/^(?:0?\.\d+|[01](?:\.0+)?)$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a number from 0 to 1.");
}

function seed(text: string): number {
  if (/^\d{1,10}$/u.test(text) && Number(text) < 2 ** 31) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 0 to 2147483647.");
}
