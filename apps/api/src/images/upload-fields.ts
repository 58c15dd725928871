import { uploadSchema, type UploadInput } from "@tintype/assets";
import { z } from "zod";

import { invalidRequest } from "../invalid-request.ts";

const { project, tags, temporary } = uploadSchema.shape;

/** What a form says of all its files. */
export const uploadFormSchema = z.object({
  files: z
    .array(z.string().meta({ format: "binary" }))
    .describe("The pictures; fields of any name that are files."),
  project,
  tags: z.string().optional().describe("Words with commas between them, or repeated."),
  temporary,
});

/** What a JSON body says of one picture on the web. */
export const uploadUrlBodySchema = z.strictObject({
  url: z.string().max(8192).describe("An http or https address on the public internet."),
  name: z.string().max(4096).optional().describe("Made of the address when left out."),
  project,
  tags,
  temporary,
});

const known = new Set(["project", "tags", "temporary"]);

/** What the fields of a form say of its files; throws `request.invalid` for a field that is none. */
export function uploadOf(fields: URLSearchParams): UploadInput {
  const stranger = [...fields.keys()].find((name) => !known.has(name));
  if (stranger !== undefined) throw invalidRequest(`The form has an unknown field "${stranger}".`);
  const [own, flag] = [fields.get("project") ?? "", fields.get("temporary") ?? ""];
  if (!["", "true", "false"].includes(flag)) throw invalidRequest("temporary is true or false.");
  const words = fields.getAll("tags").flatMap((text) => text.split(","));
  return {
    tags: words.filter((word) => word.trim() !== ""),
    temporary: flag === "true",
    ...(own !== "" && { project: own }),
  };
}
