/** Writes the generated reference files, or with `--check` says which are out of date and exits 1. */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";

import { renderConfigurationMarkdown, renderEnvExample } from "@tintype/config";
import { addressOptions } from "@tintype/delivery";
import {
  builtInExporters,
  builtInFacts,
  builtInPresets,
  type AnyExporter,
} from "@tintype/exporters";
import { builtInSteps, type Declaration } from "@tintype/image-core";
import { format } from "oxfmt";

import { formatPictures, stepPictures, syncPictures } from "./example-pictures.ts";
import { renderFactsPage } from "./facts-page.ts";
import { renderImageOptionsPage } from "./image-options-page.ts";
import { renderReferencePage } from "./reference-page.ts";
import { renderSchemaTypes } from "./schema-types.ts";

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

const [steps, formats] = [await stepPictures(), await formatPictures()];

const openApi = openApiJson();

const files: Readonly<Record<string, string>> = {
  ".env.example": renderEnvExample(),
  "docs/configuration.md": renderConfigurationMarkdown(),
  "docs/openapi.json": openApi,
  "apps/studio/src/api/answers.ts": `// Made of the API's schemas by \`npm run docs\`; not edited by hand.\n\n${renderSchemaTypes(
    JSON.parse(openApi) as never,
    [
      "Catalog",
      "GenerateAnswer",
      "Glance",
      "Image",
      "ImageList",
      "JobPage",
      "Problem",
      "ProjectList",
      "Readiness",
      "UploadAnswer",
    ],
  )}`,
  "docs/steps.md": renderReferencePage({
    title: "Steps",
    introduction:
      "A recipe is a list of steps, each with its options: the same in a library call, an HTTP body and on the command line. Each example was run on a drawn sample, and the result is shown, small, transparency as a checkerboard.",
    flag: "--step",
    declarations: builtInSteps.all,
    pictures: steps,
  }),
  "docs/formats.md": renderReferencePage({
    title: "Formats",
    introduction:
      "A variant's `output` names a format and its options. Each example was run on a drawn sample, and the file's picture is shown, small; sizes in bytes are left out, as they differ a little between machines.",
    flag: "--format",
    declarations: builtInExporters.all,
    facts: formatFacts,
    pictures: formats,
  }),
  "docs/facts.md": renderFactsPage(builtInFacts),
  "docs/image-options.md": renderImageOptionsPage(addressOptions),
  "docs/presets.md": renderReferencePage({
    title: "Presets",
    introduction: "A preset is steps and variants with a name.",
    flag: "--preset",
    declarations: builtInPresets.all,
  }),
};

const docs = new URL("../docs/", import.meta.url);
const isCheck = process.argv.includes("--check");
for (const [path, content] of Object.entries(files)) {
  // The check of the whole repository's format reads these too.
  const text = /\.(?:md|ts)$/u.test(path) ? (await format(path, content)).code : content;
  const file = new URL(`../${path}`, import.meta.url);
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === text) continue;
  if (isCheck) {
    complain(path);
  } else {
    await writeFile(file, text);
    process.stdout.write(`Wrote ${path}.\n`);
  }
}

const pictures = [...steps.values(), ...formats.values()];
for (const path of await syncPictures(docs, pictures, isCheck)) {
  if (isCheck) complain(`docs/${path}`);
  else process.stdout.write(`Wrote docs/${path}.\n`);
}

function complain(path: string): void {
  process.stderr.write(`${path} is out of date; run \`npm run docs\`.\n`);
  process.exitCode = 1;
}
