import type { RouteFactory } from "../api-route.ts";
import { filesRoute } from "./files.ts";
import { putFileRoute } from "./put-file.ts";

const path = "/api/v1/download/:key{.+}";

/** Gives stored files out by signed links, and where links are not signed to keys that may read. */
export const downloadRoute: RouteFactory = (runtime) => {
  const files = filesRoute(runtime);
  const operation = { ...files.operation, summary: "A stored file, by a signed link" };
  return { ...files, path, scope: runtime.signer ? "everyone" : "read", operation };
};

/** Takes a direct upload where links lead to downloads; its signature is its key. */
export const putDownloadRoute: RouteFactory = (runtime) => ({
  ...putFileRoute(runtime),
  path,
  scope: "everyone",
});
