import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";
import { assetAnswer, assetWithLinks } from "../images/asset-answer.ts";
import { readUploadForm } from "../images/read-upload-form.ts";
import { uploadFormSchema, uploadOf, uploadUrlBodySchema } from "../images/upload-fields.ts";
import { invalidRequest } from "../invalid-request.ts";
import { parseRequest } from "../parse-request.ts";
import { problemOf, problemSchema, type Problem } from "../problem.ts";
import { readJson } from "../read-body.ts";

/** What became of each file. */
const answer = z
  .object({
    success: z.boolean().describe("Whether every file was kept."),
    requestId: z.string(),
    files: z.array(
      z.union([
        z.object({ success: z.literal(true), name: z.string(), image: assetAnswer }),
        z.object({ success: z.literal(false), name: z.string(), error: problemSchema }),
      ]),
    ),
  })
  .meta({ id: "UploadAnswer" });

type File =
  | { readonly success: true; readonly name: string; readonly image: object }
  | { readonly success: false; readonly name: string; readonly error: Problem };

/** Takes pictures in: the files of a form, or one from the web. */
export const uploadImagesRoute: RouteFactory = ({ assets, openUrl, settings, url }) => {
  const content = { "application/json": { schema: answer } };
  return {
    method: "post",
    path: "/api/v1/images/upload",
    streamsForms: true,
    operation: {
      summary: "Upload pictures",
      description:
        "Send a form with one or several files, or JSON with the address of a picture. Each file is kept or refused by itself.",
      tags: ["Images"],
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": { schema: uploadFormSchema },
          "application/json": { schema: uploadUrlBodySchema },
        },
      },
      responses: {
        201: { description: "All were kept.", content },
        207: { description: "Some were kept, some refused.", content },
      },
    },
    async handle(context) {
      const [requestId, { signal }] = [context.get("requestId"), context.req.raw];
      const library = await assets();
      if (context.req.header("content-type")?.startsWith("application/json") === true) {
        const input = await readJson(context.req);
        const { url: from, name, ...said } = parseRequest(uploadUrlBodySchema, input);
        const { body, ...source } = await openUrl(from, { signal });
        const upload = { ...said, name: name ?? nameIn(source.url) };
        const asset = await library.ingest(upload, body, { signal });
        const files = [kept(asset.name, assetWithLinks(asset, url))];
        return context.json({ success: true, requestId, files }, 201);
      }

      const { maxFiles, maxBytes } = settings.uploads;
      const limits = { maxFiles, maxBytes: maxBytes + maxFiles * 1024 };
      const taken = await readUploadForm(context.req.raw, limits, async (file, fields) => {
        const { name, mediaType, body } = file;
        const upload = fields.then((given) => ({ ...uploadOf(given), name, mediaType }));
        return library.ingest(upload, body, { signal });
      });
      if (taken.length === 0)
        throw invalidRequest('The form holds no file: send pictures in the field "files".');
      const failures = taken.flatMap(({ result }) =>
        result.status === "rejected" ? [result.reason as unknown] : [],
      );
      // What went wrong with all of them is the answer itself: one file alone, or a wrong field.
      if (failures.length === taken.length && new Set(failures.map(codeOf)).size === 1)
        throw failures[0];
      const files = taken.map(({ name, result }): File => {
        if (result.status === "fulfilled") return kept(name, assetWithLinks(result.value, url));
        return { success: false, name, error: problemOf(result.reason, requestId) };
      });
      const success = failures.length === 0;
      return context.json({ success, requestId, files }, success ? 201 : 207);
    },
  };
};

/** The last part of an address's path. */
function nameIn(address: string): string | undefined {
  const last = new URL(address).pathname.split("/").at(-1);
  try {
    return decodeURIComponent(last ?? "") || undefined;
  } catch {
    return last;
  }
}

function kept(name: string, image: object): File {
  return { success: true, name, image };
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown }).code;
}
