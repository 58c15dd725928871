import { globSync, readFileSync } from "node:fs";

import { parseSync, Visitor, type ESTree } from "vite";
import { expect, test } from "vitest";

/** Attributes that people read or hear. */
const told =
  /^(?:title|alt|label|placeholder|note|text|data-drop|aria-(?:label|description|valuetext|roledescription))$/u;
/** Functions that tell people what they are given. */
const tellers = new Set(["tell", "ApiFailure", "copyText", "setCustomValidity"]);

test("no word is written outside of texts.ts", () => {
  const files = globSync("**/*.{ts,tsx}", { cwd: import.meta.dirname }).filter(
    (file) => !/(?:\.test\.ts$|^testing\/|^texts\.ts$)/u.test(file),
  );
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) =>
    wordsIn(file, readFileSync(new URL(file, import.meta.url), "utf8")).map(
      (word) => `${file}: ${word}`,
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  "<p>Stray</p>",
  '<p>{isOn ? "Stray" : texts.on}</p>',
  "<p>{`Stray ${name}`}</p>",
  '<p>{count + " Stray"}</p>',
  '<p>{name ?? "Stray"}</p>',
  '<img alt="Stray" />',
  "<input aria-label={`Stray ${name}`} />",
  '<IconButton label={texts.on || "Stray"} />',
  'tell("Stray")',
  'const page = { title: "Stray" }',
  "document.title = `Stray ${name}`",
  'new ApiFailure("Stray")',
])("a word is found in %s", (code) => {
  expect(wordsIn("planted.tsx", code).map((word) => word.trim())).toEqual(["Stray"]);
});

test.each([
  '<p class="stray">{texts.on}</p>',
  '<p>{state === "stray" && texts.on}</p>',
  'request("stray")',
])("none is found in %s", (code) => {
  expect(wordsIn("plain.tsx", code)).toEqual([]);
});

/** The words of a file that people would see or hear. */
function wordsIn(file: string, code: string): readonly string[] {
  const words: string[] = [];
  const take = (...nodes: readonly (ESTree.Node | null | undefined)[]) =>
    words.push(...nodes.flatMap(saidBy).filter((word) => /\p{L}{2}/u.test(word)));
  const { program, errors } = parseSync(file, code);
  expect(errors).toEqual([]);
  new Visitor({
    JSXElement: ({ children }) => take(...children),
    JSXFragment: ({ children }) => take(...children),
    JSXAttribute({ name, value }) {
      if (name.type === "JSXIdentifier" && told.test(name.name)) take(value);
    },
    Property({ key, value }) {
      if (told.test(nameOf(key))) take(value);
    },
    CallExpression({ callee, arguments: given }) {
      if (tellers.has(nameOf(callee))) take(...given);
    },
    NewExpression({ callee, arguments: given }) {
      if (tellers.has(nameOf(callee))) take(...given);
    },
    AssignmentExpression({ left, right }) {
      if (nameOf(left) === "title") take(right);
    },
  }).visit(program);
  return words;
}

function nameOf(node: ESTree.Node): string {
  if (node.type === "MemberExpression") return nameOf(node.property);
  return node.type === "Identifier" ? node.name : "";
}

/** What an expression may say: the strings that it may come to, not those that it compares. */
function saidBy(node: ESTree.Node | null | undefined): readonly string[] {
  switch (node?.type) {
    case "JSXText":
      return [node.value];
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "JSXExpressionContainer":
      return saidBy(node.expression);
    case "TemplateLiteral":
      return [...node.quasis.map(({ value }) => value.raw), ...node.expressions.flatMap(saidBy)];
    case "ConditionalExpression":
      return [node.consequent, node.alternate].flatMap(saidBy);
    case "LogicalExpression":
    case "BinaryExpression":
      return ["===", "!==", "<", ">", "<=", ">=", "in"].includes(node.operator)
        ? []
        : [node.left, node.right].flatMap(saidBy);
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
      return saidBy(node.expression);
    default:
      return [];
  }
}
