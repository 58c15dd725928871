import { parseInput } from "@tintype/image-core";
import { z } from "zod";

const maxNameBytes = 255;
const maxTags = 50;

/** The name of a project: up to four folders of letters, digits, dots, hyphens and underscores. */
export const projectSchema = z
  .string()
  .max(200)
  .regex(/^[a-z0-9][\w.-]{0,62}(?:\/[a-z0-9][\w.-]{0,62}){0,3}$/iu, {
    error: "expected letters, digits, dots, hyphens and underscores, with / between folders",
  })
  .refine((name) => !name.includes(".."), { error: "expected no two dots in a row" });

/** A word that pictures are found by, in lower case. */
export const tagSchema = z
  .string()
  .transform((tag) => tag.normalize("NFC").trim().toLowerCase())
  .pipe(
    z.string().regex(/^[^\p{Cc}\p{Bidi_Control},]{1,64}$/u, {
      error: "expected 1 to 64 characters without commas",
    }),
  );

const tagsSchema = z.array(tagSchema).max(maxTags);

/** What a sender says of a picture. */
export const uploadSchema = z.strictObject({
  name: z
    .string()
    .max(4096)
    .transform(fileName)
    .default("picture")
    .describe("What people call the file; folders in it are left out."),
  mediaType: z.string().max(255).optional().describe("Held against the content."),
  project: projectSchema.default("default").describe("The folder that the picture belongs to."),
  tags: tagsSchema.default([]).describe("Words to find it by."),
  temporary: z.boolean().default(false).describe("Whether it goes again by itself."),
});

/** What a sender says of a picture, as it may be given. */
export type UploadInput = z.input<typeof uploadSchema>;

/** What a sender says of a picture, checked. */
export type Upload = z.output<typeof uploadSchema>;

/** Checks what a sender says of a picture; throws `asset.invalid_upload` with every fault. */
export function parseUpload(input: UploadInput): Upload {
  return parseInput(uploadSchema, input, { what: "upload", code: "asset.invalid_upload" });
}

/** Checks the name of a project; throws `asset.invalid_project`. */
export function parseProject(project: string): string {
  return parseInput(projectSchema, project, { what: "project", code: "asset.invalid_project" });
}

/** Checks tags; throws `asset.invalid_tags`. */
export function parseTags(tags: readonly string[]): readonly string[] {
  return parseInput(tagsSchema, tags, { what: "list of tags", code: "asset.invalid_tags" });
}

/** A file's name for people: its last part, on one line, in one direction, and not too long for any disk. */
function fileName(given: string): string {
  const base = given.toWellFormed().normalize("NFC").split(/[/\\]/u).at(-1) ?? "";
  const shown = base.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, "").trim();
  const { read } = new TextEncoder().encodeInto(shown, new Uint8Array(maxNameBytes));
  const name = shown.slice(0, read);
  return /^\.*$/u.test(name) ? "picture" : name;
}

/** A text as searching compares it. */
export function searchText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
