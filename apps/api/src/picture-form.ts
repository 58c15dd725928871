import { z } from "zod";

import { jsonFields } from "./read-body.ts";

/** A body with a picture as a form, whose fields are all text but for the picture's file; `id` names it in the document. */
export function pictureForm({ shape }: z.ZodObject, id: string): z.ZodObject {
  const { imageBase64: _long, ...rest } = shape;
  const fields = Object.entries(rest).map(([name, { description = "" }]) => {
    const how = name === "preset" ? " A name, or JSON." : jsonFields.has(name) ? " JSON." : "";
    // A blank field counts as left out; without this the reference page would send made-up texts.
    return [
      name,
      z
        .string()
        .optional()
        .meta({ description: description + how, examples: [""] }),
    ];
  });
  return z
    .strictObject({
      image: z.string().optional().meta({ format: "binary", description: "The picture's file." }),
      ...(Object.fromEntries(fields) as z.ZodRawShape),
    })
    .meta({ id });
}
