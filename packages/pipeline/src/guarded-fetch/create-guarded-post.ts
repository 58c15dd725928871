import { isTintypeError } from "@tintype/errors";

import {
  assertHost,
  createAgent,
  webClient,
  type GuardedFetchOptions,
} from "./create-guarded-open.ts";
import { parseSourceUrl } from "./parse-source-url.ts";
import { sourceError } from "./source-error.ts";

/** What a guarded post may do. */
export type GuardedPostOptions = Pick<
  GuardedFetchOptions,
  "timeoutMs" | "allowHosts" | "denyHosts" | "lookup" | "isAllowedAddress"
>;

/** A message to a server of somebody else's. */
interface PostedMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Posts a message and gives the status of the answer, whatever it is; throws `source.*` errors, and passes the signal's own reason through. */
export type GuardedPost = (url: string, message: PostedMessage) => Promise<number>;

/** Makes a post for addresses from strangers: it reaches public web servers only, follows no redirect, and reads no answer. */
export function createGuardedPost(options: GuardedPostOptions): GuardedPost {
  return async (text, { body, headers, signal }) => {
    const url = parseSourceUrl(text);
    assertHost(url, options);
    const dispatcher = await createAgent(options);
    const ended = AbortSignal.any([
      AbortSignal.timeout(options.timeoutMs),
      ...(signal === undefined ? [] : [signal]),
    ]);
    try {
      const { fetch } = await webClient();
      const init = { method: "POST", body, headers, dispatcher, signal: ended };
      const response = await fetch(url, { ...init, redirect: "manual" });
      await response.body?.cancel();
      return response.status;
    } catch (error) {
      signal?.throwIfAborted();
      const known = [error, (error as Error).cause].find(isTintypeError);
      if (known !== undefined) throw known;
      const message = "The server could not be reached, or did not answer in time.";
      throw sourceError("unreachable", message, { retryable: true, cause: error });
    } finally {
      void dispatcher.destroy();
    }
  };
}
