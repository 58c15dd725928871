import type { Options } from "../catalog/option-schema.ts";
import type { RecipeCall } from "./recipe.ts";

/** What a recipe is to be applied to, and where. */
export interface CopyContext {
  /** The service's address. */
  readonly origin: string;
  /** The picture's file name. */
  readonly filename: string;
  /** Whether the service asks for a key; the command then takes it from the environment, as nobody wants it in a history. */
  readonly needsKey?: boolean;
}

/** A `curl` command that processes the file. */
export function asCurl(
  recipe: RecipeCall,
  { origin, filename, needsKey = false }: CopyContext,
): string {
  // A plain field would end at the first semicolon of a text in it.
  const field = (name: string, value: unknown) =>
    `--form-string ${shellWord(`${name}=${JSON.stringify(value)}`)}`;
  const words = [
    `curl ${origin}/api/v1/process-image`,
    ...(needsKey ? ['-H "X-API-Key: $TINTYPE_API_KEY"'] : []),
    `-F ${shellWord(`image=@${formWord(filename)}`)}`,
    ...(recipe.steps.length > 0 ? [field("steps", recipe.steps)] : []),
    field("variants", recipe.variants),
  ];
  return words.join(" \\\n  ");
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
    const { format, ...options } = output;
    const write = (image: string) =>
      `await writeFile(${JSON.stringify(`${name}.${String(format)}`)}, (await encode(${image}, ${callCode(String(format), options)})).data);`;
    if (own.length === 0) return write("image");
    // In a block of its own, as a variant may have the name of a format, or one that no constant can have.
    const run = `runSteps(image, recipe(${own.map((one) => stepCode(one)).join(", ")}))`;
    return `{\n  const variant = await ${run};\n  ${write("variant.image")}\n}`;
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
  // Such a text stands for a file there.
  const texts = recipe.steps.flatMap((call) => Object.values(call)).map(String);
  if (texts.some((text) => text.startsWith("@"))) return undefined;
  const words = [
    ...recipe.steps.map(({ step, ...options }) => `--step ${flagCall(String(step), options)}`),
    ...recipe.variants.map(
      ({ output: { format, ...options } }) => `--format ${flagCall(String(format), options)}`,
    ),
  ];
  return `tintype process ${[shellWord(filename), ...words, "--out out"].join(" \\\n  ")}`;
}

function flagCall(name: string, options: Options): string {
  const said = Object.entries(options).map(([key, value]) => `${key}=${flagValue(value)}`);
  return shellWord(said.length === 0 ? name : `${name}:${said.join(",")}`);
}

/** A value as flags take it: a text that reads as JSON, or as more than one value, is quoted. */
function flagValue(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain = /^(?!(?:true|false|null)$)[a-z#][\w #./:-]*$/iu.test(value);
  return isPlain && value === value.trim() ? value : JSON.stringify(value);
}

/** A file's name as `curl` takes it in a field: quoted where it would end too early. */
function formWord(name: string): string {
  return /[;,"\\]/u.test(name) ? `"${name.replaceAll(/["\\]/gu, String.raw`\$&`)}"` : name;
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
