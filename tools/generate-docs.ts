/** Writes the generated reference files, or with `--check` says which are out of date and exits 1. */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";

import { renderConfigurationMarkdown, renderEnvExample } from "@tintype/config";
import { builtInExporters, builtInPresets, type AnyExporter } from "@tintype/exporters";
import { builtInSteps, type Declaration } from "@tintype/image-core";
import { format } from "oxfmt";

import { renderReferencePage } from "./reference-page.ts";

/** The document as the service gives it out; printed by the app, which no package may import. */
function openApiJson(): string {
  return execFileSync(
    process.execPath,
    ["--conditions=@tintype/source", "apps/api/src/print-openapi.ts"],
    { cwd: new URL("..", import.meta.url), encoding: "utf8" },
  );
}

function formatFacts(declaration: Declaration): string {
  const { mediaType, extension, alpha, maxSide } = declaration as unknown as AnyExporter;
  const side = maxSide === undefined ? "" : `, at most ${maxSide} px a side`;
  return `(\`${mediaType}\`, \`.${extension}\`, ${alpha ? "with" : "without"} transparency${side})`;
}

const files: Readonly<Record<string, string>> = {
  ".env.example": renderEnvExample(),
  "docs/configuration.md": renderConfigurationMarkdown(),
  "docs/openapi.json": openApiJson(),
  "docs/steps.md": renderReferencePage({
    title: "Steps",
    introduction:
      "A recipe is a list of steps, each with its options: the same in a library call, an HTTP body and on the command line.",
    flag: "--step",
    declarations: builtInSteps.all,
  }),
  "docs/formats.md": renderReferencePage({
    title: "Formats",
    introduction: "A variant's `output` names a format and its options.",
    flag: "--format",
    declarations: builtInExporters.all,
    facts: formatFacts,
  }),
  "docs/presets.md": renderReferencePage({
    title: "Presets",
    introduction: "A preset is steps and variants with a name.",
    flag: "--preset",
    declarations: builtInPresets.all,
  }),
};

const isCheck = process.argv.includes("--check");
for (const [path, content] of Object.entries(files)) {
  // The check of the whole repository's format reads Markdown too.
  const text = path.endsWith(".md") ? (await format(path, content)).code : content;
  const file = new URL(`../${path}`, import.meta.url);
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === text) continue;
  if (isCheck) {
    process.stderr.write(`${path} is out of date; run \`npm run docs\`.\n`);
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
    process.stdout.write(`Wrote ${path}.\n`);
  }
}
