import { serveStatic } from "@hono/node-server/serve-static";
import type { Runtime } from "@tintype/runtime";
import { Hono, type MiddlewareHandler } from "hono";
import { basicAuth } from "hono/basic-auth";
import { HTTPException } from "hono/http-exception";

import { isLoopback } from "./access/assert-guarded.ts";
import { allows, findKey, keysOf } from "./access/keyring.ts";

/** Where the board is. */
export const boardPath = "/queues";

/**
 * Bull Board over BullMQ's queue, to look at: what could be changed there, the records would not follow. Browsers are
 * asked for an admin's key as the password. Undefined where jobs need no BullMQ, and where an open API has no keys to ask for.
 */
export function queueBoard({ settings, bullQueue }: Runtime): Hono | undefined {
  const keys = keysOf(settings.access);
  const isOpen = keys.length === 0;
  if (bullQueue === undefined || (isOpen && !isLoopback(settings.server.host))) return undefined;
  const guard: MiddlewareHandler = basicAuth({
    realm: "Tintype",
    verifyUser(_name, password) {
      const key = findKey(keys, password);
      return key !== undefined && allows(key, "admin");
    },
  });
  const opened = once(async () => {
    // Loaded for who looks: BullMQ and the board are 10 MB of a process that has no use for them.
    const [{ createBullBoard }, { BullMQAdapter }, { HonoAdapter }] = await Promise.all([
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
      import("@bull-board/hono"),
    ]);
    const serverAdapter = new HonoAdapter(serveStatic).setBasePath(boardPath);
    const queue = new BullMQAdapter(await bullQueue(), { readOnlyMode: true });
    createBullBoard({ queues: [queue], serverAdapter });
    // Its routes stand below its address as the request still names it.
    return new Hono().route(boardPath, serverAdapter.registerPlugin());
  });
  const app = new Hono();
  // What asks for a password is no failure.
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    throw error;
  });
  if (!isOpen) app.use(guard);
  return app.all("*", async ({ req }) => (await opened()).fetch(req.raw));
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return async () => (made ??= make());
}
