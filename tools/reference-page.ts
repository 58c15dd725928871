import type { Declaration } from "@tintype/image-core";
import { z } from "zod";

import { exampleKey, type ExamplePicture } from "./example-pictures.ts";

/** What a page of declarations says besides them. */
export interface ReferencePage {
  readonly title: string;
  readonly introduction: string;
  /** The CLI's flag that takes one of them, such as `--step`. */
  readonly flag: string;
  readonly declarations: readonly Declaration[];
  /** A line of facts that this kind of declaration has besides its options. */
  readonly facts?: (declaration: Declaration) => string | undefined;
  /** What came of each example, by its key; without them the page shows the calls alone. */
  readonly pictures?: ReadonlyMap<string, ExamplePicture>;
}

/** The part of JSON Schema that options are made of. */
interface OptionSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly unit?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: OptionSchema;
  readonly anyOf?: readonly OptionSchema[];
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
}

/** The reference page of declared steps, formats or presets, in Markdown. */
export function renderReferencePage(page: ReferencePage): string {
  const sections = page.declarations.map((declaration) => renderDeclaration(declaration, page));
  return `# ${page.title}\n\n${page.introduction}\n\n${sections.join("\n\n")}\n`;
}

function renderDeclaration(
  declaration: Declaration,
  { flag, facts, pictures }: ReferencePage,
): string {
  const { kind, name, summary, options, examples } = declaration;
  const schema = z.toJSONSchema(options, { io: "input", unrepresentable: "any" }) as OptionSchema;
  const calls = examples.map((example, index) => {
    const text = shortCall(name, example);
    const cells = [
      `\`${JSON.stringify({ [kind]: name, ...example })}\``,
      // A shell takes braces and spaces apart where they are not quoted.
      `\`${flag} ${/^[\w:=.,/#-]+$/u.test(text) ? text : `'${text}'`}\``,
    ];
    return cells.concat(shown(pictures?.get(exampleKey(name, index)), text));
  });
  return [
    `## ${name}`,
    [summary, facts?.(declaration)].filter(Boolean).join(" "),
    renderOptions(schema),
    table(["As JSON", "On the command line", ...(pictures ? ["Result"] : [])], calls),
  ].join("\n\n");
}

function shown(picture: ExamplePicture | undefined, text: string): string[] {
  return picture
    ? [`![${text.replaceAll(/[[\]]/gu, "")}](${picture.path})<br>${picture.text}`]
    : [];
}

function renderOptions(schema: OptionSchema): string {
  const rows = optionRows(schema);
  return rows.length === 0
    ? "It has no options."
    : table(["Option", "Value", "Default", "Meaning"], rows);
}

/** A row for each option, and below an object one for each of its parts. */
function optionRows({ properties = {}, required = [] }: OptionSchema, prefix = ""): string[][] {
  return Object.entries(properties).flatMap(([name, option]) => {
    const value = defaultText(option, required.includes(name));
    const row = [`\`${prefix}${name}\``, valueText(option), value, option.description ?? ""];
    return [row].concat(optionRows(option, `${prefix}${name}.`));
  });
}

function defaultText({ default: value }: OptionSchema, isRequired: boolean): string {
  if (isRequired) return "required";
  return value === undefined ? "–" : `\`${JSON.stringify(value)}\``;
}

function valueText(option: OptionSchema): string {
  if (option.enum) return option.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (option.const !== undefined) return `\`${JSON.stringify(option.const)}\``;
  if (option.anyOf) return option.anyOf.map(valueText).join("; or ");
  if (option.type === "array") return `a list of ${valueText(option.items ?? {})}`;
  const type = option.type === "integer" ? "whole number" : (option.type ?? "anything");
  const example = option.examples?.[0];
  const such = example === undefined ? "" : `such as \`${example}\``;
  return [type, rangeText(option), option.unit, such].filter(Boolean).join(" ");
}

function rangeText({ minimum, maximum }: OptionSchema): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `from ${minimum}`;
  return maximum === undefined ? "" : `up to ${maximum}`;
}

/** `resize:width=400,fit=cover`, which the command line reads as the same call. */
function shortCall(name: string, options: object): string {
  const pairs = Object.entries(options).map(([option, value]) => {
    return `${option}=${typeof value === "string" ? value : JSON.stringify(value)}`;
  });
  return pairs.length === 0 ? name : `${name}:${pairs.join(",")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map(tableRow).join("\n");
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
