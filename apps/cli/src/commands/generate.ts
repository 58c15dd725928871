import type { Settings } from "@tintype/config";
import { outputName, runVariations } from "@tintype/pipeline";
import { createRuntime } from "@tintype/runtime";

import { buildWork, type WorkFlags } from "../build-work.ts";
import { destinationOf, type DestinationFlags } from "../destination.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { parseCall } from "../parse-call.ts";
import { readInput } from "../read-input.ts";
import { reportOutcome } from "../report.ts";
import { write, type Terminal } from "../terminal.ts";
import { usageError } from "../usage-error.ts";

/** The flags of `generate`. */
export interface GenerateFlags extends Omit<WorkFlags, "quality">, DestinationFlags {
  readonly generator?: string;
  readonly model?: string;
  readonly size?: string;
  readonly theme?: string;
  readonly domain?: string;
  readonly template?: string;
  readonly quality?: string;
  readonly seed?: number;
  readonly brand?: string;
  readonly reference?: readonly string[];
  readonly base?: string;
  readonly blend?: string;
  readonly opacity?: number;
  readonly count: number;
  readonly name?: string;
  readonly json?: boolean;
}

/** Makes pictures from words and files of them; gives 0, or the exit code of the first variation that failed. */
export async function generateCommand(
  prompt: string,
  flags: GenerateFlags,
  settings: Settings,
  terminal: Terminal,
): Promise<number> {
  const { maxVariations } = settings.generation;
  if (flags.count > maxVariations) {
    throw usageError(`--count is at most ${String(maxVariations)} (MAX_VARIATIONS).`);
  }
  const { signal, stdout, stderr } = terminal;
  const { quality: _ofPicture, ...workFlags } = flags;
  const to = await destinationOf(flags);
  const { pipeline } = await createRuntime(settings, to.overrides);
  const request = pipeline.parse({
    ...(await buildWork(workFlags, terminal)),
    source: await sourceOf(prompt, flags, terminal),
    store: { ...to.folder, name: flags.name ?? outputName(prompt.slice(0, 60)) ?? "picture" },
  });
  const { results, failures } = await runVariations(
    request,
    flags.count,
    (one) => pipeline.run(one, { signal }),
    signal,
  );
  const errors = failures.map(({ code, message }) => ({ code, message }));
  if (flags.json === true) {
    await write(stdout, `${JSON.stringify({ results, failures: errors }, null, 2)}\n`);
  } else {
    for (const result of results) {
      const { generator, model, seed } = result.generation ?? {};
      const by = `${generator} ${model}${seed === undefined ? "" : `, seed ${seed}`}`;
      await reportOutcome({ file: by, exitCode: 0, result }, to, terminal);
    }
    for (const { code, message } of errors) await write(stderr, `${message} (${code})\n`);
  }
  return failures[0] ? exitCodeOf(failures[0]) : 0;
}

/** The source that flags describe; `WIDTHxHEIGHT` is a size too. */
async function sourceOf(prompt: string, flags: GenerateFlags, terminal: Terminal): Promise<object> {
  const { generator, model, theme, domain, quality, seed } = flags;
  const [, width, height] = /^(?<width>\d+)x(?<height>\d+)$/u.exec(flags.size ?? "") ?? [];
  const size =
    width === undefined
      ? { size: flags.size }
      : { size: "custom", width: Number(width), height: Number(height) };
  const references = (flags.reference ?? []).map((one) => referenceOf(one, terminal));
  const { template, ...values } = flags.template ? parseCall("template", flags.template) : {};
  const { brand: style, ...brand } = flags.brand ? parseCall("brand", flags.brand) : {};
  const given = {
    generator,
    model,
    theme,
    domain,
    quality,
    seed,
    ...size,
    ...(template !== undefined && { template: { name: template, values } }),
    ...(flags.base !== undefined && { base: await baseOf(flags.base, flags, terminal) }),
    ...(flags.brand !== undefined && { brand: { ...(style !== "" && { style }), ...brand } }),
    references: await Promise.all(references),
  };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { kind: "generate", prompt, ...Object.fromEntries(said) };
}

async function baseOf(
  file: string,
  { blend, opacity }: GenerateFlags,
  terminal: Terminal,
): Promise<object> {
  return {
    image: await referenceOf(file, terminal),
    ...(blend !== undefined && { blend }),
    ...(opacity !== undefined && { opacity }),
  };
}

/** A file's content, or an address as it is. */
async function referenceOf(text: string, terminal: Terminal): Promise<string> {
  if (/^(?:https?|s3|data):/iu.test(text)) return text;
  return `data:;base64,${Buffer.from(await readInput(text, terminal)).toString("base64")}`;
}
