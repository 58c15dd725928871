import { SaxesParser, type SaxesTagNS } from "saxes";

/**
 * XMP's properties by the names that the file gives them: `dc:creator`. Parts of a structure stand behind a slash,
 * structures in a list are counted from 1: `xmpMM:History[2]/stEvt:action`.
 */
export type XmpData = Readonly<Record<string, string | readonly string[]>>;

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const maxDepth = 32;

interface Element {
  readonly tag: SaxesTagNS;
  readonly children: Element[];
  text: string;
}

/** XMP as plain data; empty when it is broken, nested too deeply, or declares a document type, which it has no use for. */
export function xmpData(xmp: string): XmpData {
  const told = new Map<string, string | readonly string[]>();
  try {
    for (const description of descriptionsIn(treeOf(xmp))) tellParts(description, "", told);
  } catch {
    return {};
  }
  return Object.fromEntries([...told].filter(([, value]) => value !== ""));
}

function treeOf(xmp: string): Element {
  const root = { children: [] as Element[] };
  const open: { children: Element[]; text?: string }[] = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("a document type");
  });
  parser.on("opentag", (tag) => {
    if (open.length > maxDepth) throw new Error("nested too deeply");
    const element: Element = { tag, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  const text = (part: string) => {
    const element = open.at(-1);
    if (element?.text !== undefined) element.text += part;
  };
  parser.on("text", text);
  parser.on("cdata", text);
  // Files pad the packet with NULs and spaces.
  parser.write(xmp.replace(/^\uFEFF/u, "").replace(/[\0\s]+$/u, "")).close();
  const [top] = root.children;
  if (!top) throw new Error("empty");
  return top;
}

function descriptionsIn(element: Element): readonly Element[] {
  return isRdf(element, "Description") ? [element] : element.children.flatMap(descriptionsIn);
}

/** Tells the properties of a structure: its attributes, in which short ones are written, and its elements. */
function tellParts(
  { tag, children }: Element,
  path: string,
  told: Map<string, string | readonly string[]>,
): void {
  for (const { prefix, uri, name, value } of Object.values(tag.attributes)) {
    if (uri !== rdf && prefix !== "xml" && prefix !== "xmlns" && prefix !== "") {
      told.set(`${path}${name}`, value);
    }
  }
  for (const child of children) tell(child, `${path}${child.tag.name}`, told);
}

function tell(element: Element, path: string, told: Map<string, string | readonly string[]>): void {
  const [inner] = element.children;
  const resource = attribute(element, "resource");
  if (inner && isRdf(inner, "Alt") && isText(inner)) {
    // Languages of one text, the first of which is the default.
    told.set(path, inner.children[0]?.text.trim() ?? "");
  } else if (inner && ["Bag", "Seq", "Alt"].some((kind) => isRdf(inner, kind))) {
    if (isText(inner))
      told.set(
        path,
        inner.children.map(({ text }) => text.trim()),
      );
    else inner.children.forEach((item, at) => tell(item, `${path}[${at + 1}]`, told));
  } else if (inner && isRdf(inner, "Description")) {
    tellParts(inner, `${path}/`, told);
  } else if (inner || attribute(element, "parseType") === "Resource" || hasParts(element)) {
    tellParts(element, `${path}/`, told);
  } else {
    told.set(path, resource ?? element.text.trim());
  }
}

/** Whether all items of a list are mere texts. */
function isText({ children }: Element): boolean {
  return children.every((item) => item.children.length === 0 && !hasParts(item));
}

function hasParts({ tag }: Element): boolean {
  return Object.values(tag.attributes).some(
    ({ prefix, uri }) => uri !== rdf && prefix !== "xml" && prefix !== "xmlns" && prefix !== "",
  );
}

function isRdf({ tag }: Element, local: string): boolean {
  return tag.uri === rdf && tag.local === local;
}

function attribute({ tag }: Element, local: string): string | undefined {
  return Object.values(tag.attributes).find((one) => one.uri === rdf && one.local === local)?.value;
}
