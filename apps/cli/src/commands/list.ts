import { TintypeError } from "@tintype/errors";
import type { Declaration } from "@tintype/image-core";
import { z } from "zod";

import { formatCall } from "../format-call.ts";
import { table, write, type Terminal } from "../terminal.ts";

/** Shows what is declared: all of a kind in a line each, or one with its options. */
export async function listCommand(
  declarations: readonly Declaration[],
  name: string | undefined,
  { json }: { readonly json?: boolean },
  { stdout }: Terminal,
): Promise<void> {
  const chosen = declarations.filter((one) => name === undefined || one.name === name);
  if (chosen.length === 0) throw unknownName(name ?? "", declarations);
  if (json === true) return write(stdout, `${JSON.stringify(chosen.map(asData), null, 2)}\n`);
  if (name === undefined) {
    return write(stdout, table(declarations.map((one) => [one.name, one.summary])));
  }
  return write(stdout, chosen.map(manual).join("\n"));
}

function asData({ kind, name, summary, examples, options }: Declaration): object {
  const schema = z.toJSONSchema(options, { io: "input", unrepresentable: "any" });
  return { [kind]: name, summary, examples, options: schema };
}

interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

function manual({ name, summary, options, examples }: Declaration): string {
  const { properties = {} } = z.toJSONSchema(options, { io: "input", unrepresentable: "any" });
  const manuals = Object.entries(properties as Record<string, OptionSchema>).map(
    ([option, schema]) => {
      const value = schema.enum?.join("|") ?? rangeOf(schema);
      const standard =
        schema.default === undefined ? "" : `, default ${JSON.stringify(schema.default)}`;
      return `  ${option}: ${value}${standard}\n      ${schema.description ?? ""}\n`;
    },
  );
  const calls = examples.map((example) => `  ${formatCall(name, example)}\n`);
  return `${name}: ${summary}\n${section("Options", manuals)}${section("Examples", calls)}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n${title}\n${lines.join("")}`;
}

function rangeOf({ type = "", minimum, maximum }: OptionSchema): string {
  return minimum === undefined && maximum === undefined
    ? type
    : `${type} ${minimum ?? ""}…${maximum ?? ""}`;
}

function unknownName(name: string, declarations: readonly Declaration[]): TintypeError {
  const known = declarations.map((one) => one.name).join(", ");
  return new TintypeError({
    kind: "not_found",
    code: "cli.unknown_name",
    message: `There is no "${name}". Known: ${known}.`,
  });
}
