import { z } from "zod";

interface DeclaredFact {
  readonly name: string;
  readonly summary: string;
  readonly value: z.ZodType;
}

/** The reference page of facts, in Markdown. */
export function renderFactsPage(facts: readonly DeclaredFact[]): string {
  const rows = facts.map(
    ({ name, summary, value }) => `| \`${name}\` | ${summary} | ${kindOf(value)} |`,
  );
  const first = facts.slice(0, 2).map(({ name }) => name);
  return `# Facts

What a result tells of a picture on request, as plain JSON data: a request's \`facts\` are told of the picture after the
shared steps, a variant's \`facts\` of its file. The same pixels give the same facts; of an animation, its first frame's.

| Fact | Says | Value |
| --- | --- | --- |
${rows.join("\n")}

In a request: \`{"facts": ${JSON.stringify(first)}, …}\`, or in one of its variants
\`{"name": "web", "output": {"format": "webp"}, "facts": ${JSON.stringify(first)}}\`. On the command line, of the picture
after its steps: \`tintype process photo.jpg ${first.map((name) => `--fact ${name}`).join(" ")}\`.

In a program \`facts(image, ["blurhash"])\` of \`@tintype/exporters\` tells them; \`hammingDistance\` compares two
perceptual hashes: up to about 8 of 64 bits for copies that were scaled or compressed, 20 and more for other pictures.

## What a file says of itself

\`probe(bytes)\`, or \`tintype probe FILE [--json]\`, reads the header and the metadata, and no pixels:

| Part | Holds |
| --- | --- |
| \`source\` | type, size in px and bytes, transparency, pages, bit depth, color space, profile, orientation |
| \`exif\` | tags by directory: dates in ISO 8601, places in signed decimal degrees; bytes that are no text are left out |
| \`iptc\` | caption, keywords, byline, copyright and the other text datasets of IPTC-IIM, of JPEG and TIFF |
| \`xmp\` | properties as \`prefix:name\`, a text or a list of texts; parts of structures behind a slash |

Metadata that is broken or missing is empty, and no reason to refuse a picture.
`;
}

/** A value's type in words, from its schema. */
function kindOf(value: z.ZodType): string {
  const { type, anyOf } = z.toJSONSchema(value, { unrepresentable: "any" });
  const types = anyOf ? anyOf.map((one) => one.type) : [type];
  return types.map((one) => (one === "array" ? "list" : String(one))).join(" or ");
}
