import { lookup as lookupInSystem } from "node:dns/promises";
import { isIP } from "node:net";
import { callbackify } from "node:util";

import { isTintypeError } from "@tintype/errors";
import type { TintypeError } from "@tintype/errors";
import type { Agent, Response } from "undici";

import { isPublicAddress } from "./is-public-address.ts";
import { matchesHost } from "./matches-host.ts";
import { parseSourceUrl } from "./parse-source-url.ts";
import { sourceError } from "./source-error.ts";

/** What a guarded fetch may do; an empty or absent `allowHosts` allows every host. */
export interface GuardedFetchOptions {
  /** The most bytes of a body, counted after any content encoding is undone. */
  readonly maxBytes: number;
  /** The deadline over everything: resolving, connecting, every redirect, the whole body. */
  readonly timeoutMs: number;
  readonly maxRedirects: number;
  readonly allowHosts?: readonly string[];
  readonly denyHosts?: readonly string[];
  /** Resolves a host name to its IP addresses; the system's resolver when left out. */
  readonly lookup?: (hostname: string) => Promise<readonly string[]>;
  /** Which IP addresses may be dialled; those on the public internet when left out. */
  readonly isAllowedAddress?: (address: string) => boolean;
}

/** A picture from the web as it comes, the media type its server claims, and the address that gave it. */
interface OpenedSource {
  /** Fails with `source.*` errors, at the latest when the deadline is over. */
  readonly body: ReadableStream<Uint8Array>;
  readonly mediaType: string | undefined;
  readonly url: string;
}

/** Opens one picture; throws `source.*` errors, and passes the signal's own reason through. */
export type GuardedOpen = (
  url: string,
  options?: { readonly signal?: AbortSignal },
) => Promise<OpenedSource>;

/** Makes an opener for addresses from strangers: it reaches public web servers only, within limits, and holds no body in memory. */
export function createGuardedOpen(options: GuardedFetchOptions): GuardedOpen {
  return async (text, { signal } = {}) => {
    signal?.throwIfAborted();
    // One agent for each call: no connection, and no address that was checked earlier, outlives it.
    const agent = await createAgent(options);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(timeout(options.timeoutMs)), options.timeoutMs);
    const ended = AbortSignal.any([deadline.signal, ...(signal === undefined ? [] : [signal])]);
    const release = () => {
      clearTimeout(timer);
      void agent.destroy();
    };
    // Also of a body that nobody reads.
    ended.addEventListener("abort", release, { once: true });
    try {
      const { response, url } = await followRedirects(parseSourceUrl(text), options, agent, ended);
      const mediaType = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
      return {
        body: ReadableStream.from(readBody(response, options.maxBytes, ended, release)),
        mediaType: mediaType === "" ? undefined : mediaType,
        url: url.href,
      };
    } catch (error) {
      release();
      throw named(error, ended);
    }
  };
}

/** What went wrong, as ours: the caller's own reason, the deadline's error, or one of the source. */
function named(error: unknown, ended: AbortSignal): unknown {
  if (ended.aborted) return ended.reason;
  const known = [error, (error as Error).cause].find(isTintypeError);
  if (known !== undefined) return known;
  const message = "The server of the source could not be reached, or broke off; check the address.";
  return sourceError("unreachable", message, { retryable: true, cause: error });
}

/** Loaded by the first who asks the web. */
export function webClient(): Promise<typeof import("undici")> {
  return import("undici");
}

/** Connections to addresses that were checked, and to no others. */
export async function createAgent({
  lookup = lookupAll,
  isAllowedAddress = isPublicAddress,
}: Pick<GuardedFetchOptions, "lookup" | "isAllowedAddress">): Promise<Agent> {
  const { Agent: UndiciAgent } = await webClient();
  // Resolving and checking inside the connection leaves no second look-up that could answer differently (DNS
  // rebinding): the socket gets exactly the addresses that were checked, so one bad address spoils the name.
  const checkedLookup = callbackify(async (hostname: string, _options: object) => {
    const addresses = await lookup(hostname);
    if (addresses.length === 0) throw new Error("The name has no address.");
    if (!addresses.every((address) => isAllowedAddress(address))) throw privateAddress();
    return addresses.map((address) => ({ address, family: isIP(address) }));
  });
  return new UndiciAgent({
    pipelining: 0,
    allowH2: false,
    // The deadline is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup: checkedLookup, timeout: 0, autoSelectFamily: true },
  });
}

async function lookupAll(hostname: string): Promise<string[]> {
  const found = await lookupInSystem(hostname, { all: true });
  return found.map(({ address }) => address);
}

async function followRedirects(
  start: URL,
  options: GuardedFetchOptions,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<{ readonly response: Response; readonly url: URL }> {
  const { fetch } = await webClient();
  let url = start;
  for (let left = options.maxRedirects; ; left -= 1) {
    assertHost(url, options);
    // Encodings are undone by `fetch` all the same where a server ignores the wish for none.
    const headers = { "accept-encoding": "identity", "user-agent": "Tintype" };
    const response = await fetch(url, { dispatcher, signal, headers, redirect: "manual" });
    const location = redirectOf(response);
    if (location === undefined) {
      assertPicture(response, options.maxBytes);
      return { response, url };
    }
    if (left === 0) {
      const message = `The source redirects more than ${options.maxRedirects} times; use its final address.`;
      throw sourceError("too_many_redirects", message);
    }
    await response.body?.cancel();
    url = parseSourceUrl(location, url);
  }
}

/** Refuses hosts that settings deny, and addresses that are not public; throws `source.host_denied` or `source.private_address`. */
export function assertHost(
  url: URL,
  options: Pick<GuardedFetchOptions, "allowHosts" | "denyHosts" | "isAllowedAddress">,
): void {
  const { allowHosts = [], denyHosts = [], isAllowedAddress = isPublicAddress } = options;
  const allowed = allowHosts.length === 0 || matchesHost(url.hostname, allowHosts);
  if (!allowed || matchesHost(url.hostname, denyHosts)) {
    throw sourceError("host_denied", `Sources from ${url.hostname} are not allowed here.`);
  }
  // A socket dials an IP address without any look-up.
  const literal = url.hostname.replaceAll(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isAllowedAddress(literal)) throw privateAddress();
}

function redirectOf(response: Response): string | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  return response.headers.get("location") ?? undefined;
}

function assertPicture(response: Response, maxBytes: number): void {
  if (!response.ok) throw httpError(response);
  if (Number(response.headers.get("content-length")) > maxBytes) throw tooLarge(maxBytes);
}

async function* readBody(
  { body }: Response,
  maxBytes: number,
  ended: AbortSignal,
  release: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
    if (size === 0) throw sourceError("empty", "The server of the source sent an empty file.");
  } catch (error) {
    throw named(error, ended);
  } finally {
    release();
  }
}

function httpError({ status, headers }: Response): TintypeError {
  const [seconds] = /^\d{1,6}$/.exec(headers.get("retry-after") ?? "") ?? [];
  return sourceError("http_error", `The server of the source answered with status ${status}.`, {
    details: { status },
    retryable: status === 429 || status >= 500,
    ...(seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 }),
  });
}

function privateAddress(): TintypeError {
  const message = "The host of the source is not on the public internet; use a public address.";
  return sourceError("private_address", message);
}

function tooLarge(maxBytes: number): TintypeError {
  const message = `The source is larger than the limit of ${maxBytes} bytes; use a smaller file.`;
  return sourceError("too_large", message, { details: { maxBytes } });
}

function timeout(timeoutMs: number): TintypeError {
  const message = `The source was not received within ${timeoutMs / 1000} seconds; try again or use a faster server.`;
  return sourceError("timeout", message, { details: { timeoutMs }, retryable: true });
}
