import { TintypeError } from "@tintype/errors";
import { parseKey } from "@tintype/storage";
import { z } from "zod";

import type { RouteFactory } from "../api-route.ts";

/** Takes the one file that a signed address of the local storage was made for. */
export const putFileRoute: RouteFactory = ({ storage, uploadSigner }) => ({
  method: "put",
  path: "/files/:key{.+}",
  operation: {
    summary: "Put a file to the address of a direct upload",
    tags: ["Files"],
    requestParams: {
      path: z.object({ key: z.string() }),
      query: z.object({ expires: z.string(), signature: z.string() }),
    },
    responses: { 204: { description: "The file is there." } },
  },
  async handle(context) {
    const key = parseKey(context.req.param("key") ?? "");
    const { expires = "", signature = "" } = context.req.query();
    const mediaType = context.req.header("content-type") ?? "";
    const bytes = Number(context.req.header("content-length"));
    const access = { method: "PUT", mediaType, bytes } as const;
    const verdict = uploadSigner.verify(key, expires, signature, { access });
    if (verdict !== "ok") throw refused(verdict);
    const body = context.req.raw.body ?? new Uint8Array();
    await storage.put(key, body, { mediaType, signal: context.req.raw.signal });
    return context.body(null, 204);
  },
});

function refused(verdict: "expired" | "wrong"): TintypeError {
  return new TintypeError({
    kind: "forbidden",
    code: verdict === "expired" ? "files.link_expired" : "files.wrong_signature",
    message:
      verdict === "expired"
        ? "This address has ended. Ask for a new one."
        : "The signature is not for a file of this type and size here. Use the address, headers and file as they were agreed.",
  });
}
