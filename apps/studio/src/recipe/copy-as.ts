import type { Options } from "../catalog/option-schema.ts";
import type { RecipeCall } from "./recipe.ts";

/** What a recipe is to be applied to, and where. */
export interface CopyContext {
  /** The service's address. */
  readonly origin: string;
  /** The picture's file name. */
  readonly filename: string;
}

/** A `curl` command that processes the file. */
export function asCurl(recipe: RecipeCall, { origin, filename }: CopyContext): string {
  const fields = [
    `image=@${filename}`,
    ...(recipe.steps.length > 0 ? [`steps=${JSON.stringify(recipe.steps)}`] : []),
    `variants=${JSON.stringify(recipe.variants)}`,
  ];
  const form = fields.map((field) => `  -F ${shellWord(field)}`).join(" \\\n");
  return `curl ${origin}/api/v1/process-image \\\n${form}`;
}

/** A program that processes the file with the library. */
export function asTypeScript(recipe: RecipeCall, { filename }: CopyContext): string {
  const stepNames = [...recipe.steps, ...recipe.variants.flatMap(({ steps = [] }) => steps)];
  const steps = new Set(stepNames.map(({ step }) => identifier(String(step))));
  const formats = new Set(
    recipe.variants.map(({ output }) => identifier(String(output["format"]))),
  );
  const core = ["readImage", "recipe", "runSteps", ...steps].toSorted().join(", ");
  const exporters = ["encode", ...formats].toSorted().join(", ");
  const files = recipe.variants.map(({ name, steps: own = [], output }) => {
    const constant = identifier(name);
    const [image, run] =
      own.length === 0
        ? ["image", ""]
        : [
            `${constant}.image`,
            `const ${constant} = await runSteps(image, recipe(${own.map((one) => stepCode(one)).join(", ")}));\n`,
          ];
    const { format, ...options } = output;
    const written = `(await encode(${image}, ${callCode(String(format), options)})).data`;
    return `${run}await writeFile(${JSON.stringify(`${name}.${String(format)}`)}, ${written});`;
  });
  const call = recipe.steps.map((one) => stepCode(one)).join(", ");
  return `import { readFile, writeFile } from "node:fs/promises";

import { ${exporters} } from "@tintype/exporters";
import { ${core} } from "@tintype/image-core";

const source = await readImage(await readFile(${JSON.stringify(filename)}));
const { image } = await runSteps(source, recipe(${call}));
${files.join("\n")}
`;
}

/** A command that processes the file; undefined for what its flags can't say. */
export function asCommand(recipe: RecipeCall, { filename }: CopyContext): string | undefined {
  if (recipe.variants.some(({ steps = [] }) => steps.length > 0)) return undefined;
  const calls = [...recipe.steps, ...recipe.variants.map(({ output }) => output)];
  const isFlat = calls.every((call) =>
    Object.values(call).every(
      (value) => typeof value !== "object" && !/[,=]/u.test(JSON.stringify(value)),
    ),
  );
  if (!isFlat) return undefined;
  const words = [
    ...recipe.steps.map(({ step, ...options }) => `--step ${flagCall(String(step), options)}`),
    ...recipe.variants.map(
      ({ output: { format, ...options } }) => `--format ${flagCall(String(format), options)}`,
    ),
  ];
  return `tintype process ${[shellWord(filename), ...words, "--out out"].join(" \\\n  ")}`;
}

function flagCall(name: string, options: Options): string {
  const said = Object.entries(options).map(([key, value]) => `${key}=${String(value)}`);
  return shellWord(said.length === 0 ? name : `${name}:${said.join(",")}`);
}

function shellWord(text: string): string {
  return /^[\w./:=@,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function stepCode({ step, ...options }: Options): string {
  return callCode(String(step), options);
}

function callCode(name: string, options: Options): string {
  const given = Object.keys(options).length === 0 ? "" : code(options);
  return `${identifier(name)}(${given})`;
}

/** A value as TypeScript writes it. */
function code(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(code).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${code(inner)}`);
  return `{ ${fields.join(", ")} }`;
}

/** `auto-crop` → `autoCrop`. */
function identifier(name: string): string {
  return name.replaceAll(/[-_]+(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
